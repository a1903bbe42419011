import type { Stage } from './stage.ts';
import { LOCAL_PORT, LOCAL_STAGE } from './stage-options.ts';

type Found = Pick<Stage, 'given'>;

/** These look at the bot's files, and at no stage. */
const OF_FILES = /^(?:rules|talks)\b/;
/** These the local world refuses. */
const OF_AWS = /^(?:secrets|rollback)\b/;

/**
 * A whole command line, to be copied: it finds the stage as whoever reads it has found it. What it names in the local
 * world is never refused there: its secrets are the environment of `npm start`.
 *
 * @param words after `npx parley`
 */
export function parleyLine(words: string, stage: Found): string {
  if (OF_FILES.test(words)) return `npx parley ${words}`;
  const { stage: name, port = LOCAL_PORT } = stage.given;
  if (name !== LOCAL_STAGE) return `npx parley ${words} --stage ${name}${places(stage)}`;
  if (OF_AWS.test(words)) return deployLine(stage);
  return `npx parley ${words} --stage ${name}${port === LOCAL_PORT ? '' : ` --port ${port}`}`;
}

/** What has the stage run with other settings or other code. */
export function deployLine(stage: Found): string {
  const { stage: name, port = LOCAL_PORT } = stage.given;
  if (name === LOCAL_STAGE) return `npm start${port === LOCAL_PORT ? '' : ` -- --port ${port}`}`;
  return `npm run deploy -- --stage ${name}${places(stage)}`;
}

/** @param words after `aws` */
export function awsLine(words: string, stage: Found): string {
  return `aws ${words}${places(stage)}`;
}

/** What says more of a message, or of a conversation whose welcome it concerns. */
export function explainLine(
  sid: string,
  { conversationSid }: { readonly conversationSid: string },
  stage: Found,
): string {
  return parleyLine(
    sid.startsWith('IM') ? `explain ${sid} ${conversationSid}` : `explain ${conversationSid}`,
    stage,
  );
}

function places({ given: { region, profile } }: Found): string {
  return `${region === undefined ? '' : ` --region ${region}`}${profile === undefined ? '' : ` --profile ${profile}`}`;
}

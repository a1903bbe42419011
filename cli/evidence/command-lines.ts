import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { stageOptions } from '../stage/stage-options.ts';

/** A whole command line for the stage that is looked at, to be copied. */
export function commandLine(words: string, stage: string): string {
  const goesWithout = stage === stageOptions.stage.initial || OF_FILES.test(words);
  return `npx parley ${words}${goesWithout ? '' : ` --stage ${stage}`}`;
}

/** These look at the bot's files, and at no stage. */
const OF_FILES = /^(rules|talks)\b/;

/** What says more of a message, or of a conversation whose welcome it concerns. */
export function explainLine(sid: string, { conversationSid }: ConversationAddress, stage: string): string {
  return commandLine(
    sid.startsWith('IM') ? `explain ${sid} ${conversationSid}` : `explain ${conversationSid}`,
    stage,
  );
}

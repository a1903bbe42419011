import { isDeepStrictEqual } from 'node:util';
import type { MessageRecord, Part } from '../../lib/record/message-record.ts';
import type { Written } from './oracle.ts';
import { repliesTo } from './replies.ts';
import { BIG } from './step-rules.ts';
import type { SimulatedWorld } from './world.ts';

/** What an answer does besides speaking (step-rules.ts). */
export interface DueSteps {
  /** The message is tagged with its number and with the version that decided. */
  readonly tags: true;
  /** `dana` and `kim` of that version are invited. */
  readonly invites?: true;
  /** Which parts are refused for good. */
  readonly refused: readonly number[];
}

/** So many requests have to fail, at the least, for a step to be given up (lib/record/tries.ts). */
const FAILURES = 5;
const INVITED = ['dana', 'kim'];

/**
 * What is wrong with the steps of an answer, in words, by what is at Twilio: tagged with exactly what one version
 * decided, and with nothing before the answer was; its people there, each added once.
 */
export async function judgeSteps(
  world: SimulatedWorld,
  { sid, conversationSid, body, steps }: Written,
  record: MessageRecord | undefined,
): Promise<readonly string[]> {
  if (steps === undefined) return [];
  const problems: string[] = [];
  const blame = (what: string) => void problems.push(`"${body}" ${what}`);
  const parts = record?.parts ?? [];
  const isGivenUp = hasBadLuck(world, sid);
  const refused = parts.flatMap((part, at) => (part.refused === undefined ? [] : [at]));
  if (!isGivenUp && record?.finished?.outcome === 'replied' && !isDeepStrictEqual(refused, steps.refused))
    blame(`has these parts refused: ${refused}, not ${steps.refused}`);
  if (record?.finished !== undefined && parts.some(holdsWords)) blame('keeps what its steps were');

  const { attributes } = (await read(world, `${conversationSid}/Messages/${sid}`)) as { attributes: string };
  const tags = JSON.parse(attributes) as Readonly<Record<string, unknown>>;
  const version = tags['version'];
  const isDone = (at: number) => parts[at]?.state === 'sent';
  const whole = { version, n: /\d+/.exec(body)?.[0] };
  // Without the tag before it the one that is too long has room.
  const alone = isDone(1) && parts[1]?.replySid === undefined ? { big: BIG } : {};
  const isLacking = !isDone(0) && isDeepStrictEqual(tags, alone);
  if (!isLacking && !isDeepStrictEqual(tags, whole)) blame(`is tagged with ${attributes.slice(0, 80)}`);
  const [reply] = repliesTo(world, { sid });
  if (version !== undefined && reply !== undefined && reply.body[0] !== version)
    blame(`was answered by ${reply.body[0]} and tagged by ${version}`);

  if (steps.invites === undefined || record?.finished?.outcome !== 'replied') return problems;
  for (const [at, name] of INVITED.entries()) {
    const identity = `${name}-${version ?? reply?.body[0]}`;
    const times = world.added.filter(
      (each) => each.conversationSid === conversationSid && each.identity === identity,
    ).length;
    if (isDone(3 + at) && times !== 1) blame(`has ${identity} added ${times} times`);
  }
  return problems;
}

/** Each request that failed is one of these: what fails each time is given up, and nothing else is forgiven. */
function hasBadLuck({ watch }: SimulatedWorld, sid: string): boolean {
  return watch.trials(`onMessageAdded|${sid}`).failures >= FAILURES;
}

function holdsWords({ step }: Part): boolean {
  return step !== undefined && Object.keys(step).length > 1;
}

function read({ program }: SimulatedWorld, path: string): Promise<unknown> {
  return program.request('GET', `/Conversations/${path}`);
}

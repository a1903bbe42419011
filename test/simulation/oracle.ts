import { readMarker } from '../../lib/event/marker.ts';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { SPOOLS } from '../../lib/record/keys.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { ACCOUNT } from './account.ts';
import { judgeCounts } from './counts.ts';
import { type DueSteps, judgeSteps } from './judge-steps.ts';
import { unlessSetAside } from './set-aside.ts';
import { dueInTheEnd, isTalkedOver } from './taken-over.ts';
import type { Shown, SimulatedWorld } from './world.ts';

/** What somebody wrote, or what else there is to answer, and what is due for it. */
export interface Written {
  /** The subject of replies: the message, the participant who joined, or the conversation that began. */
  readonly sid: string;
  /** @default onMessageAdded */
  readonly event?: 'onParticipantAdded' | 'onConversationAdded';
  /** -1 for what is not a message: it has no place in the order. */
  readonly index: number;
  /** It has its place, and nobody could keep to it (behind-gap.ts). */
  readonly isUnordered?: true;
  readonly conversationSid: string;
  readonly body: string;
  /** Replies that are due; 0 for what must not be answered. */
  readonly due: number;
  /** Replies that may come. @default due */
  readonly most?: number;
  /** How many parts the whole answer has. @default most */
  readonly parts?: number;
  /** How the record may end, between bars; `none` for no record at all. */
  readonly outcome: string;
  /** Nobody promises that it is heard of. Where it was not, `prove` is right to name it. */
  readonly mayBeLost?: true;
  /** What it became later: answers to either are right. */
  readonly edited?: string;
  /** What else its answer does at Twilio. */
  readonly steps?: DueSteps;
  /** When an agent wrote it, in milliseconds since the epoch; absent of what others wrote. */
  readonly byAgentAt?: number;
}

export interface Verdict {
  /** Replies that never came, although nothing that could bring them is under way any more. */
  readonly lost: number;
  /** Replies that may still come: their message is on the queue, in the spool, or in flight in its record. */
  readonly waiting: number;
  readonly duplicated: number;
  readonly reordered: number;
  /** Everything wrong, in words. */
  readonly problems: readonly string[];
}

/** Judges by what customers see in the Conversations service; our own records only have to agree with it. */
export async function judge(world: SimulatedWorld, written: readonly Written[]): Promise<Verdict> {
  const problems: string[] = [];
  const count = { lost: 0, waiting: 0, duplicated: 0, reordered: 0 };
  const blame = (kind: keyof typeof count | undefined, line: string) => {
    if (kind !== undefined) count[kind] += 1;
    problems.push(line);
  };
  const shown = [...world.shown].sort((a, b) => a.index - b.index);

  for (const told of written) {
    const record = await readRecord(world, told);
    const message = unlessSetAside(world, dueInTheEnd(world, told, written, record), record);
    const replies = shown.filter(
      ({ author, attributes }) =>
        world.authors.includes(author) && readMarker(attributes)?.in_reply_to === message.sid,
    );
    const name = `"${message.body}"`;
    const partOf = ({ attributes }: Shown) => readMarker(attributes)?.part.replace(/@.*/, '') ?? '';
    const { due, most = due, parts: all = most } = message;
    for (let part = 1; part <= most; part += 1) {
      const same = replies.filter((reply) => partOf(reply) === `${part}/${all}`);
      if (same.length === 0 && part <= due && (await isUnderWay(world, message)))
        blame('waiting', `${name} still waits for reply ${part}/${all}`);
      else if (same.length === 0 && part <= due) blame('lost', `${name} has no reply ${part}/${all}`);
      if (same.length > 1) blame('duplicated', `${name} has reply ${part}/${all} ${same.length} times`);
    }
    if (replies.length > most) blame('duplicated', `${name} has ${replies.length} replies, not ${most}`);
    const parts = replies.map(partOf);
    if (parts.join() !== [...parts].sort().join())
      blame('reordered', `the parts of ${name} came as ${parts}`);
    const versions = new Set(replies.map(({ body }) => body[0]));
    if (versions.size > 1) blame(undefined, `the parts of ${name} were decided twice`);
    if (replies.some(({ body }) => !isAbout(body, message))) blame(undefined, `${name} got another's answer`);
    if (isTalkedOver(world, message, written)) blame(undefined, `${name} was answered over a person`);
    await judgeRecord(world, message, blame);
    for (const problem of await judgeSteps(world, message, record)) blame(undefined, problem);
  }
  const replies = shown.filter(({ author }) => world.authors.includes(author));
  judgeOrder(written, replies, blame);
  judgeRest(world, replies, written, blame);
  return { ...count, problems };
}

/** Each message has a number of its own, and each answer repeats it. */
function isAbout(reply: string, { body, edited = body, event }: Written): boolean {
  const number = (text: string) => /\d+/.exec(text)?.[0];
  const answered = number(reply);
  if (event !== undefined || answered === undefined || number(body) === undefined) return true;
  return [number(body), number(edited)].includes(answered);
}

/** What people write and the bot says. */
const WORDS = /\b(one|two|nothing|broken|answer|first|second) \d/;

type Blame = (kind: 'lost' | 'waiting' | 'duplicated' | 'reordered' | undefined, line: string) => void;

export async function readRecord(
  { store }: Pick<SimulatedWorld, 'store'>,
  { conversationSid: pk, sid, event }: Written,
): Promise<MessageRecord | undefined> {
  if (event === undefined)
    return (await store.get<MessageRecord>({ pk, sk: `onMessageAdded|${sid}` }))?.value;
  const items = await store.list<MessageRecord>(pk, 100_000);
  return items.find(([{ sk }]) => sk.startsWith(`${event}|${sid}`))?.[1].value;
}

/** Events that the queue refused and that nobody has brought back yet. */
export function spooled({ store }: Pick<SimulatedWorld, 'store'>): number {
  return store.items().filter(([{ pk }]) => SPOOLS.includes(pk)).length;
}

async function isUnderWay(world: SimulatedWorld, message: Written): Promise<boolean> {
  const record = await readRecord(world, message);
  if (record !== undefined) return record.finished === undefined;
  return world.queue.size() > 0 || spooled(world) > 0;
}

async function judgeRecord(world: SimulatedWorld, message: Written, blame: Blame): Promise<void> {
  const record = await readRecord(world, message);
  const outcome = record?.finished?.outcome ?? (record === undefined ? 'none' : 'in flight');
  // Nobody tells us of what programs post; the reconciler may or may not come across it.
  const expected = message.outcome.split('|');
  if (!expected.includes(outcome))
    blame(
      undefined,
      `"${message.body}" ended as ${outcome} (${record?.finished?.reason}), not ${message.outcome}`,
    );
  if (record?.parts.some(({ message: kept }) => kept !== undefined)) {
    blame(undefined, `the record of "${message.body}" still holds words`);
  }
}

/** The first replies of a conversation come in the order of what they answer. */
function judgeOrder(written: readonly Written[], replies: readonly Shown[], blame: Blame): void {
  const order = new Map(
    written.flatMap(({ sid, index, isUnordered }) =>
      index < 0 || isUnordered ? [] : [[sid, index] as const],
    ),
  );
  const latest = new Map<string, number>();
  const seen = new Set<string>();
  for (const { conversation_sid, attributes } of replies) {
    const subject = readMarker(attributes)?.in_reply_to;
    if (subject === undefined || seen.has(subject)) continue;
    seen.add(subject);
    const answered = order.get(subject);
    if (answered === undefined) continue;
    if (answered < (latest.get(conversation_sid) ?? -1)) {
      blame('reordered', `message ${answered} of ${conversation_sid} was answered after a later one`);
    }
    latest.set(conversation_sid, Math.max(answered, latest.get(conversation_sid) ?? -1));
  }
}

function judgeRest(
  world: SimulatedWorld,
  replies: readonly Shown[],
  written: readonly Written[],
  blame: Blame,
): void {
  if (world.queue.size() > 0) blame(undefined, `${world.queue.size()} messages are still on the queue`);
  if (world.queue.deadLetters.length > 0) blame(undefined, 'there are dead letters');
  if (spooled(world) > 0) blame(undefined, `${spooled(world)} events are still spooled`);
  for (const problem of world.watch.problems) blame(undefined, problem);
  for (const difference of judgeCounts(world)) blame(undefined, difference);
  const logs = world.logs.join('\n');
  const secrets = [ACCOUNT.apiKeySecret, ACCOUNT.authToken, ...world.signatures];
  if (WORDS.test(logs) || secrets.some((secret) => secret !== '' && logs.includes(secret)))
    blame(undefined, 'a log line holds words or a secret');
  const subjects = new Set(written.map(({ sid }) => sid));
  for (const { attributes } of replies) {
    const subject = readMarker(attributes)?.in_reply_to;
    if (subject === undefined || !subjects.has(subject)) {
      blame('duplicated', 'the bot spoke without being spoken to');
    }
  }
  for (const [{ sk }, { value }] of world.store.items()) {
    if (sk !== 'conversation') continue;
    const { mutedUntil } = value as ConversationRecord;
    if (mutedUntil > 0) blame(undefined, 'a conversation of people was muted');
  }
}

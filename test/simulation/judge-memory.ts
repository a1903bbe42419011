import type { EventOf } from '../../lib/event/event-types.ts';
import { readTold } from '../../lib/event/marker.ts';
import { type ConversationRecord, shortKey } from '../../lib/record/conversation.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { type Book, NOTHING, type Noted, type Perhaps, type Seen, type State } from './memory-state.ts';
import type { NotedBy } from './noting-table.ts';
import { readRecord, type Written } from './oracle.ts';
import type { Stage } from './profile.ts';
import { follow } from './remembered.ts';
import { repliesTo, writtenAt } from './replies.ts';
import type { SimulatedWorld } from './world.ts';

/** What happened in the conversations of a seed that no message shows. */
export interface MemoryHistory {
  /** Who of your people came and left, in order. */
  readonly presence: (Moment & { readonly identity: string; readonly isThere: boolean })[];
  /** With which word the customer was to be greeted from then on, by the attribute of their participant. */
  readonly languages: (Moment & { readonly greeting: string })[];
  /** The conversations that were ever closed: Twilio refuses what is said there meanwhile. */
  readonly closed: Set<string>;
  /** When each conversation first said that it is the bot's, in milliseconds since the epoch. */
  readonly saidOff: Map<string, number>;
  readonly notedBy: NotedBy;
}

interface Moment {
  readonly conversationSid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function emptyHistory(): MemoryHistory {
  return { presence: [], languages: [], closed: new Set(), saidOff: new Map(), notedBy: new Map() };
}

/** Clocks are off by a second. */
const UNSURE_MS = 2_000;
/** As often something has to fail for good, or a process to die, for what it read to be left unread. */
const FAILURES = 5;
const DEATHS = 3;

const SILENT = ['handed_over', 'person', 'stop_word'];
const MAY_FAIL = /^(?:broken|lose) /;

/** Whether it was right to be silent, or to have the answer refused, is judged by what was remembered. */
export async function reckonMemory({ world, written }: Stage, { closed }: MemoryHistory): Promise<void> {
  for (const [at, entry] of written.entries()) {
    if (!isOfCustomer(entry)) continue;
    const { finished } = (await readRecord(world, entry)) ?? {};
    const isRefused = isRefusal(finished) && (closed.has(entry.conversationSid) || MAY_FAIL.test(entry.body));
    const isSilent = finished?.outcome === 'suppressed' && SILENT.includes(finished.reason ?? '');
    if (isRefused || isSilent) written[at] = { ...entry, due: 0, outcome: finished?.outcome ?? '' };
  }
}

function isRefusal(finished: MessageRecord['finished']): boolean {
  return finished?.outcome === 'quarantined' && finished.reason?.startsWith('rejected:') === true;
}

export function isOfCustomer({ byAgentAt, outcome }: Written): boolean {
  return byAgentAt === undefined && !outcome.includes('none');
}

/** What is wrong with what the conversations remember, in words. */
export async function judgeMemory(
  stage: Stage,
  history: MemoryHistory,
  book: Book,
): Promise<readonly string[]> {
  const conversations = new Set(stage.written.map(({ conversationSid }) => conversationSid));
  const problems = await Promise.all(
    [...conversations].map((sid) => judgeConversation(stage, history, sid, book)),
  );
  return problems.flat();
}

/** What ended, and its name for people. */
interface Ended {
  readonly name: string;
  /** Of a change of the conversation: what it brought. */
  readonly update?: EventOf<'onConversationUpdated'>;
  /** When its answer was begun. */
  readonly begunAt?: number | undefined;
  readonly noted: Noted;
}

/** What of the bot's own is noted as well. */
const NOTHING_OF_OTHERS: Ended = { name: 'what nobody else wrote', noted: { who: 'bot' } };

async function judgeConversation(
  stage: Stage,
  history: MemoryHistory,
  conversationSid: string,
  book: Book,
): Promise<readonly string[]> {
  const { world, written } = stage;
  const notedBy = history.notedBy.get(conversationSid) ?? new Map();
  const ended = new Map<string, Ended>();
  for (const message of written.filter((each) => each.conversationSid === conversationSid)) {
    const record = await readRecord(world, message);
    if (record?.change !== undefined && book.forgetful === undefined)
      return [`the record of "${message.body}" still holds what it changes`];
    if (record?.finished === undefined) continue;
    const key = `onMessageAdded|${message.sid}`;
    if (!notedBy.has(shortKey(key)) && world.watch.trials(key).failures < FAILURES)
      return [`"${message.body}" was never noted`];
    const begunAt = world.watch.begun.get(message.sid);
    ended.set(shortKey(key), {
      name: message.body,
      noted: notedOf(stage, history, message, record),
      begunAt,
    });
  }
  for (const key of world.watch.events.keys()) {
    const at = notedBy.get(shortKey(key))?.at;
    const given = at === undefined ? undefined : givenBack(world, history, key, at);
    const event = world.watch.events.get(key);
    const update = event?.EventType === 'onConversationUpdated' ? { update: event } : {};
    if (given) ended.set(shortKey(key), { name: key, noted: given, ...update });
  }
  let possible: readonly State[] = [NOTHING];
  let lastAt = 0;
  let lastUpdate: Ended['update'];
  let readAt = Number.NEGATIVE_INFINITY;
  const saidOff = history.saidOff.get(conversationSid) ?? Number.POSITIVE_INFINITY;
  for (const [short, { version, at }] of notedBy) {
    const { name, noted: each, begunAt = at, update } = ended.get(short) ?? NOTHING_OF_OTHERS;
    const readOff = readAt >= saidOff ? saidOff : Number.POSITIVE_INFINITY;
    const given = update === undefined ? {} : { givesBack: isGivenBackBy(update, lastUpdate, readOff) };
    lastUpdate = update ?? lastUpdate;
    if (mayBeRead(each)) readAt = at;
    const noted = { ...each, ...given, isFrozen: begunAt < lastAt };
    lastAt = at;
    const next = possible.flatMap((state) => follow(state, noted, version, book));
    if (next.length === 0)
      return [`"${name}": ${JSON.stringify(noted)} cannot be, after ${JSON.stringify(possible)}`];
    possible = [...new Map(next.map((state) => [JSON.stringify(state), state])).values()];
  }
  const stored = await world.store.get<ConversationRecord>({ pk: conversationSid, sk: 'conversation' });
  if (stored === undefined || possible.some((state) => isRemembered(state, stored.value))) return [];
  const { memory, handover, givenBackAt } = stored.value;
  const kept = JSON.stringify({ memory, handover, givenBackAt });
  return [`${kept} is remembered, not ${JSON.stringify(possible)}`];
}

function isRemembered(state: State, { memory = {}, handover, givenBackAt }: ConversationRecord): boolean {
  const { question, values } = memory;
  const isNear = (one = 0, other = 0) => Math.abs(one - other) <= UNSURE_MS;
  return (
    state.question?.rule === question?.rule &&
    state.question?.index === question?.index &&
    state.question?.misses === question?.misses &&
    state.order.value === values?.['order'] &&
    state.size.value === values?.['size'] &&
    isNear(state.handover?.until, handover?.until) &&
    isNear(state.givenBackAt, givenBackAt)
  );
}

/**
 * Renamed, it says what it said before; else somebody has said now that it is the bot's. Where nobody heard of
 * that, it may have been read.
 * @param readOff since when it has said so, in milliseconds since the epoch; infinite where nobody can have read it
 */
function isGivenBackBy(
  update: EventOf<'onConversationUpdated'>,
  before: typeof update | undefined,
  readOff: number,
): Perhaps {
  if (readTold(update.Attributes).handover !== 'off') return 'no';
  if (before !== undefined && readTold(before.Attributes).handover === 'off')
    return before.FriendlyName === update.FriendlyName ? 'yes' : 'no';
  return Date.parse(update.DateUpdated ?? '') > readOff ? 'unsure' : 'yes';
}

/** What a conversation says of itself is read where nothing is known of it and a person writes, or takes it over. */
function mayBeRead(noted: Noted): boolean {
  return noted.who === 'person' || (noted.who === 'customer' && noted.body.startsWith('person '));
}

/** What an event that nobody wrote gave back; undefined of one that gives nothing back. */
function givenBack(
  world: SimulatedWorld,
  { presence }: MemoryHistory,
  key: string,
  notedAt: number,
): Noted | undefined {
  const event = world.watch.events.get(key);
  // However late its webhook came: it counts when it happened.
  switch (event?.EventType) {
    case 'onConversationUpdated':
      return given(event.DateUpdated, 'yes', false);
    case 'onConversationStateUpdated':
      return event.StateTo === 'closed' ? given(event.StateUpdated, 'yes', false) : undefined;
    case 'onParticipantRemoved': {
      const { ConversationSid: sid, DateRemoved, DateUpdated } = event;
      // Webhooks date in whole milliseconds.
      const leftAt = Date.parse(DateRemoved ?? DateUpdated ?? '') + 1;
      const isThere = isAnybodyThere(presence, sid, leftAt);
      // Twilio is asked who is there at any moment until then.
      const changes = presence.filter(({ at }) => at > leftAt && at <= notedAt);
      const mayDiffer = changes.some((each) => each.conversationSid === sid && each.isThere !== isThere);
      const { failures, deaths } = world.watch.trials(key);
      const isSure = !mayDiffer && failures < FAILURES && deaths < DEATHS;
      return given(new Date(leftAt).toISOString(), isSure ? (isThere ? 'no' : 'yes') : 'unsure', true);
    }
    default:
      return undefined;
  }
}

function given(date = '', givesBack: 'yes' | 'no' | 'unsure', onlyIfSilent: boolean): Noted {
  return { who: 'nobody', at: Date.parse(date), givesBack, onlyIfSilent };
}

function isAnybodyThere(presence: MemoryHistory['presence'], conversationSid: string, at: number): boolean {
  const there = new Map<string, boolean>();
  for (const each of presence)
    if (each.conversationSid === conversationSid && each.at <= at) there.set(each.identity, each.isThere);
  return [...there.values()].includes(true);
}

function notedOf(
  { world, written }: Stage,
  history: MemoryHistory,
  message: Written,
  record: MessageRecord,
): Noted {
  const { index, body, conversationSid } = message;
  const at = writtenAt(world, message);
  if (message.byAgentAt !== undefined) return { who: 'person', index, at };
  if (!isOfCustomer(message)) return { who: 'program', index };
  const endedAt = record.finished?.at ?? 0;
  const settledAt = endedAt + UNSURE_MS;
  const isOvertaken = written.some(
    (other) =>
      other.conversationSid === conversationSid &&
      other.index > index &&
      (other.byAgentAt ?? Number.POSITIVE_INFINITY) <= settledAt,
  );
  const languages = history.languages.filter((each) => each.conversationSid === conversationSid);
  const before = languages.findLast((each) => each.at <= at);
  const since = languages.filter((each) => each.at > at && each.at <= settledAt);
  const greetings = [before, ...since].map((each) => each?.greeting ?? 'hello');
  const seen = seenOf(world, message, record);
  return { who: 'customer', index, at, endedAt, body, seen, isOvertaken, greetings };
}

function seenOf(world: SimulatedWorld, message: Written, { finished }: MessageRecord): Seen {
  const reply = repliesTo(world, message).at(-1);
  const { outcome, reason } = finished ?? {};
  if (outcome === 'replied' && reply !== undefined) {
    const [version, said = '', , ...values] = reply.body.split(' ');
    return { said, version: version === 'B' ? 'B' : 'A', values, index: reply.index };
  }
  if (outcome === 'suppressed' && (reason === 'handed_over' || reason === 'person' || reason === 'stop_word'))
    return { silent: reason };
  return isRefusal(finished) && MAY_FAIL.test(message.body) && reason !== CLOSED
    ? { refused: true }
    : 'failed';
}

/** https://www.twilio.com/docs/api/errors/50377 is what Twilio says of a closed conversation. */
const CLOSED = 'rejected:50377';

import { BotError } from '../errors.ts';
import { eventKey } from '../event/event-key.ts';
import type { MessageAdded } from '../event/event-types.ts';
import { tellWho } from '../guards/who.ts';
import type { ListMessages } from '../history/find-reply.ts';
import { unaccounted } from '../history/missed-messages.ts';
import { sealFound } from '../queue/envelope.ts';
import { markActive } from '../record/active.ts';
import { type ConversationRecord, hasAccount, knownParticipant } from '../record/conversation.ts';
import { conversationKey, foundKey, recordKey, saveNext } from '../record/keys.ts';
import { type MessageRecord, RECORD_VERSION } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { asksNow } from './look-state.ts';
import type { ReconcilePorts } from './reconcile-ports.ts';

/** Mostly nothing has come since, and the newest message is one that is accounted for. */
const SHORT_PAGE = 5;
/**
 * What is younger may have its webhook on the way, which says what a list does not (who sent it by which way), so it
 * is left to the next look.
 */
const YOUNG_MS = 60_000;
/**
 * As long as the queue's backoff makes a hundred deliveries last (serverless.yml, lib/retry.ts). What is in flight
 * after that is a dead letter, or is soon.
 */
const IN_QUEUE_MS = 12 * 3_600_000;
/** Longer than an invocation that has ended what stood behind, and is still at it. */
const OVERTAKEN_MS = 180_000;

export interface LookOptions {
  /** Milliseconds since the epoch; what was written before is history. */
  readonly since: number;
  /** Whether there is time for another page. */
  readonly goesOn: () => boolean;
}

/**
 * Looks at one conversation and puts every message that nobody works on on the queue, under the key its webhook would
 * have had: those without a record, and those whose record has been in flight for longer than the queue keeps trying.
 * Each is put there once in twelve hours, however often it is seen.
 * @returns how many were put on the queue.
 * @throws RetryError out_of_time, and what listing, the table and the queue throw.
 */
export async function lookAt(
  ports: ReconcilePorts,
  address: ConversationAddress,
  { since, goesOn }: LookOptions,
): Promise<number> {
  const { store, accountSid, clock } = ports;
  const stored = await store.get<ConversationRecord>(conversationKey(address.conversationSid));
  const state = stored?.value;
  const list = shortPageFirst(ports.list, hasAccount(state), goesOn);
  const { messages } = await unaccounted({ ...ports, list }, { address, accountSid, state, since });
  const known: Known[] = [];
  for (const message of messages) known.push({ message, record: await readRecord(ports, address, message) });
  const ended = known.findLastIndex(({ record }) => hasEnded(record, clock.now() - OVERTAKEN_MS));
  const lost: Known[] = [];
  let isSettled = true;
  for (const [at, { message, record }] of known.entries()) {
    if (await isInHand(ports, address, message, { record, isOvertaken: at < ended })) continue;
    isSettled = false;
    const isYoung = clock.now() - Date.parse(message.DateCreated) < YOUNG_MS;
    if (!isYoung || asksNow(ports)) lost.push({ message, record });
  }
  // So that it is looked at again soon: what is young then is not, and what was put on the queue may be in vain.
  if (!isSettled) await markActive(ports, address, clock.now());
  for (const each of lost) await bringBack(ports, address, each, state);
  return lost.length;
}

interface Known {
  readonly message: MessageAdded;
  /** Undefined where nothing is known of it. */
  readonly record: MessageRecord | undefined;
}

async function readRecord(
  { store }: ReconcilePorts,
  { conversationSid }: ConversationAddress,
  message: MessageAdded,
): Promise<MessageRecord | undefined> {
  return (await store.get<MessageRecord>(recordKey(conversationSid, eventKey(message))))?.value;
}

function hasEnded(record: MessageRecord | undefined, by: number): boolean {
  return (record?.finished?.at ?? Number.POSITIVE_INFINITY) < by;
}

/**
 * Whether it has come to its outcome, or somebody is at it. The queue keeps the order of a conversation: what is in flight
 * while one of those behind it has ended is not on the queue, but was begun in a gap that could not be read any more.
 */
async function isInHand(
  { store, clock }: ReconcilePorts,
  { conversationSid }: ConversationAddress,
  message: MessageAdded,
  { record, isOvertaken }: { readonly record: MessageRecord | undefined; readonly isOvertaken: boolean },
): Promise<boolean> {
  const [now, key] = [clock.now(), eventKey(message)];
  const isWorkedOn =
    record !== undefined &&
    (record.finished !== undefined ||
      record.v > RECORD_VERSION ||
      (!isOvertaken && now - record.receivedAt < IN_QUEUE_MS));
  return isWorkedOn || (await store.get(foundKey(conversationSid, key))) !== undefined;
}

async function bringBack(
  ports: ReconcilePorts,
  address: ConversationAddress,
  known: Known,
  state: ConversationRecord | undefined,
): Promise<void> {
  const { queue, clock, log } = ports;
  const { conversationSid } = address;
  const { message } = known;
  const deduplicationId = eventKey(message);
  const body = sealed(message, clock.now());
  if (body instanceof BotError) {
    log.count('reconcile_failed', body.code);
    const fields = { ...address, messageSid: message.MessageSid, code: body.code };
    log.error('a message was found that cannot be put on the queue', fields);
  } else {
    // Before: reply may have made its record a moment later.
    const isCounted =
      known.record !== undefined || (await whoIs(ports, address, message, state)) === 'customer';
    await queue.send({ groupId: conversationSid, deduplicationId, body });
    if (isCounted) countFound(ports, address, known);
  }
  const item = { key: foundKey(conversationSid, deduplicationId), value: { at: clock.now() } };
  // Afterwards: sending twice is harmless, losing is not.
  await saveNext(ports, { ...item, lifetime: 'found' }, undefined);
}

function countFound(
  { log, clock, maxAgeMs }: ReconcilePorts,
  address: ConversationAddress,
  { message, record }: Known,
): void {
  const fields = { ...address, messageSid: message.MessageSid };
  if (record !== undefined) {
    log.count('record_taken_up');
    log.info('a message was taken up again that the queue has lost', fields);
    return;
  }
  log.count('message_found');
  if (clock.now() - Date.parse(message.DateCreated) > maxAgeMs) log.count('message_found_late');
  log.info('a message was found whose webhook never came', fields);
}

/** As it goes on the queue, or why not: what reply would not open would be found again and again. */
function sealed(message: MessageAdded, now: number): string | BotError {
  try {
    return sealFound(message, now);
  } catch (error) {
    if (error instanceof BotError) return error;
    throw error;
  }
}

/** What programs and people write over REST has no webhook by default: nothing was lost there. */
async function whoIs(
  { botAuthor, agents, programs, readParticipant, clock }: ReconcilePorts,
  address: ConversationAddress,
  message: MessageAdded,
  state: ConversationRecord | undefined,
) {
  const participant = async (sid: string) =>
    (state && knownParticipant(state, sid, clock.now())) ?? readParticipant(address, sid);
  const byChannel = state?.byChannel === true;
  const who = tellWho(message, { botAuthor, agents, programs, byChannel, participant });
  // That it cannot be told must keep it neither from the queue nor from being counted.
  return who.catch(() => 'customer' as const);
}

/** The list with a short page in front, where that may be enough, and none when time is over. */
function shortPageFirst(list: ListMessages, isKnown: boolean, goesOn: () => boolean): ListMessages {
  return async function* (address, options) {
    let lastIndex = Number.POSITIVE_INFINITY;
    if (isKnown) {
      let shown = 0;
      for await (const message of list(address, { ...options, PageSize: SHORT_PAGE })) {
        yield message;
        lastIndex = message.index;
        shown += 1;
        if (shown === SHORT_PAGE) break;
      }
      if (shown < SHORT_PAGE) return;
      if (!goesOn()) throw new RetryError('out_of_time');
    }
    let listed = 0;
    for await (const message of list(address, options)) {
      listed += 1;
      if (message.index < lastIndex) yield message;
      if (listed % options.PageSize === 0 && !goesOn()) throw new RetryError('out_of_time');
    }
  };
}

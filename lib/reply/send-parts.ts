import { BotError } from '../errors.ts';
import { eventTime } from '../event/event-time.ts';
import { markerAttributes, markerFor } from '../event/marker.ts';
import { findReply, type ListMessages, reportDuplicate } from '../history/find-reply.ts';
import { listOnce } from '../history/list-once.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Store } from '../ports.ts';
import { isLate } from '../record/conversation.ts';
import { type SavePorts, saveNext } from '../record/keys.ts';
import {
  finish,
  type MessageRecord,
  nextPart,
  type Part,
  releasePart,
  sentPart,
  startPart,
} from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { contentOf, type PlannedMessage } from '../rules/actions/actions.ts';
import type { ConversationAddress, CreateMessageParams, MessageResource } from '../twilio/messages.ts';
import type { Circuit } from './circuit.ts';
import type { Claim } from './claim.ts';
import { codeWithNumber } from './failure-reason.ts';
import type { TooLate } from './late-look.ts';
import { afterIndexOf, noteNewest } from './note-newest.ts';
import type { Try } from './open-try.ts';
import { settlesAt, settleWait } from './settle.ts';

/**
 * Sends what is left of a plan, each part at most once as far as Twilio lets anybody know.
 *
 *   save `sending` ──▶ POST ──▶ 201 ─────────────────────────────▶ save `sent`
 *        ▲               ├─────▶ provably not sent (429, refused) ─▶ save `waiting`, retry later
 *        │               ├─────▶ refused for good (400, 404 …) ────▶ save `quarantined`
 *        │               └─────▶ anything else, or we died: nobody knows
 *        │                              │ list the newest messages for our marker
 *        │                              ├─ found ────────────────────▶ save `sent`
 *        └── only after the settle time ┴─ not found
 *                                       └─ given up, or hidden behind a thousand others ─▶ save `quarantined`
 *
 * Twilio's message create has no idempotency key, so a marker found is proof at once, a marker not found only when
 * the POST can no longer take effect (settle.ts).
 */
export interface SendPorts {
  readonly store: Store;
  readonly create: (
    address: ConversationAddress,
    params: CreateMessageParams,
    options: { readonly webhookEnabled: boolean; readonly timeoutMs: number },
  ) => Promise<MessageResource>;
  readonly list: ListMessages;
  readonly circuit: Circuit;
  readonly clock: Clock;
  readonly log: Log;
  readonly botAuthor: string;
  readonly webhookEnabled: boolean;
  readonly settleMs: number;
  readonly maxAgeMs: number;
}

/** One POST with all its retries; never started without time to finish it and to save what came of it. */
const POST_MS = 8_000;
const SAVE_MARGIN_MS = 2_000;
/** How long after an ambiguous POST to look for it, in this invocation, before the queue brings it back. */
const LOOK_AGAIN_MS = [1_000, 3_000, 6_000] as const;
const FENCED_MS = 1_000;
/** A conversation that Twilio does not know is one that was made, or changed, a moment ago; or it is gone. */
const NOT_FOUND_YET_MS = 2_000;

/** What sending needs to know of the claim. */
export interface Sending extends Pick<Claim, 'key' | 'event' | 'address'> {
  readonly delivery: Pick<Claim['delivery'], 'remainingMs'>;
  readonly conversation?: Pick<Claim['conversation'], 'accounted'>;
  /** How it went so far; absent for a first try. */
  readonly tries?: Pick<Try, 'isLast' | 'givenUp' | 'advance'>;
  /** The list that this delivery may have read already. */
  readonly list?: ListMessages;
  /** Asked before the first part goes out, of a plan that an earlier delivery made: why it must not any more. */
  readonly tooLate?: () => Promise<TooLate | undefined>;
}

/**
 * @param stored the version of `planned` in the store; undefined when it is not stored yet.
 * @returns the finished record, saved.
 * @throws RetryError when it has to go on later; whatever is known by then is saved.
 */
export async function sendParts(
  ports: SendPorts,
  claim: Sending,
  planned: MessageRecord,
  stored: number | undefined,
): Promise<MessageRecord> {
  const { now } = ports.clock;
  let latest: ListMessages | undefined;
  const listing: ListMessages = (...asked) => {
    const list = listOnce(ports.list);
    latest = list;
    return list(...asked);
  };
  const sending = { ...ports, list: listing };
  let [record, version] = [planned, stored];
  const save = async (next: MessageRecord): Promise<void> => {
    version = await saveRecord(ports, claim.key, next, version);
    if (nextPart(next) > nextPart(record)) claim.tries?.advance();
    record = next;
  };
  // A table that was set back does not know what was sent since. From what this delivery sends on, everybody knows.
  let mayBeSent = stored !== undefined;
  while (record.finished === undefined) {
    const index = nextPart(record);
    const { state, attempts } = record.parts[index] as Part;
    const isOld = isLate(eventTime(claim.event, record.receivedAt), now());
    const isAsked = index > 0 && state === 'waiting' && mayBeSent && isOld;
    const looking = { ...sending, list: latest ?? listing };
    const seen = isAsked ? await lookFor(looking, claim, record, index, save, true) : 'absent';
    if (seen === 'hidden') await save(quarantine(record, 'unknown_outcome', now()));
    if (seen === 'absent') await settleOrSend(sending, claim, record, index, save);
    if (record.parts[index]?.attempts !== attempts) mayBeSent = false;
  }
  return record;
}

type Save = (next: MessageRecord) => Promise<void>;

/**
 * Writes the record over the version it came from.
 * @returns the new version.
 * @throws RetryError when somebody else wrote first: they are, or were, at work on the same event.
 */
export async function saveRecord(
  ports: SavePorts,
  key: Key,
  record: MessageRecord,
  expected: number | undefined,
): Promise<number> {
  const version = await saveNext(ports, { key, value: record, lifetime: 'record' }, expected);
  if (version === undefined) throw new RetryError('fenced', FENCED_MS);
  return version;
}

async function settleOrSend(
  ports: SendPorts,
  claim: Sending,
  record: MessageRecord,
  index: number,
  save: Save,
) {
  const part = record.parts[index] as Part;
  const { now } = ports.clock;
  if (part.state === 'sending') {
    // What counts is when Twilio was asked, not when its answer came.
    const isSettled = now() >= settlesAt(part, ports.settleMs);
    const seen = await lookFor(ports, claim, record, index, save, isSettled);
    if (seen === 'found') return;
    if (!isSettled) throw new RetryError('settling', settleWait(part, ports.settleMs, now()));
    if (seen === 'hidden') return save(quarantine(record, 'unknown_outcome', now()));
  }
  const givenUp = claim.tries?.givenUp;
  if (givenUp !== undefined) return save(quarantine(record, givenUp, now()));
  await post(ports, claim, record, index, save);
}

function quarantine(record: MessageRecord, reason: string, at: number): MessageRecord {
  return finish(record, { outcome: 'quarantined', reason, at });
}

/**
 * Looks for the part at Twilio and saves it as sent when it is there.
 * @param decides whether it counts that it is not found; until then a list that fails is as good as one without it.
 * @returns `hidden` when there are more messages than are looked at: then it is not known whether it is among them.
 */
async function lookFor(
  ports: SendPorts,
  claim: Sending,
  record: MessageRecord,
  index: number,
  save: Save,
  decides: boolean,
): Promise<'found' | 'absent' | 'hidden'> {
  const found = await findReply(ports.list, claim.address, {
    marker: markerFor(claim.event, index, record.parts.length),
    author: record.author ?? ports.botAuthor,
    afterIndex: afterIndexOf(record, claim.event),
  }).catch((error: unknown) => {
    if (error instanceof RetryError && error.reason === 'conversation_too_busy') return undefined;
    if (decides) throw error;
    return [];
  });
  const [first, ...more] = found ?? [];
  if (first === undefined) return found === undefined ? 'hidden' : 'absent';
  for (const duplicate of more) reportDuplicate(ports.log, claim.address, duplicate.sid);
  await save(sentPart(record, index, first, ports.clock.now()));
  return 'found';
}

/** Whether it is there; then it is saved as sent. */
async function confirm(...looking: Parameters<typeof lookFor>): Promise<boolean> {
  return (await lookFor(...looking)) === 'found';
}

async function post(ports: SendPorts, claim: Sending, planned: MessageRecord, index: number, save: Save) {
  const now = ports.clock.now();
  const isTooOld = now - eventTime(claim.event, planned.receivedAt) > ports.maxAgeMs;
  // It was fresh when it was planned, and Twilio has been down since. Half an answer is completed all the same.
  if (index === 0 && isTooOld) return save(finish(planned, { outcome: 'stale', at: now }));
  checkTime(claim);
  const closed = ports.circuit.waitMs();
  if (closed > 0 && isTooOld) return save(quarantine(planned, 'twilio_down', now));
  if (closed > 0) throw new RetryError('twilio_down', closed);
  if (index === 0 && claim.tooLate !== undefined) {
    const tooLate = await claim.tooLate();
    if (tooLate !== undefined) return save(finish(planned, { ...tooLate, at: ports.clock.now() }));
  }
  const record = await noteNewest(claim.list ?? ports.list, claim, planned);
  checkTime(claim);

  const started = startPart(record, index, ports.clock.now());
  await save(started);
  const { message, attempts, sendingSince } = started.parts[index] as Part;
  const timeoutMs = (sendingSince ?? 0) + POST_MS - ports.clock.now();
  if (timeoutMs <= 0) {
    // Saving took so long that the settle time would not cover a POST that starts now.
    await save(releasePart(started, index));
    throw new RetryError('stalled', 0);
  }
  let reply: MessageResource;
  try {
    const key = claim.event.EventType === 'onMessageAdded' ? undefined : claim.key.sk;
    const marker = markerAttributes(markerFor(claim.event, index, record.parts.length), key);
    const content = contentOf(message as PlannedMessage);
    const params = { Author: record.author ?? ports.botAuthor, Attributes: marker, ...content };
    reply = await ports.create(claim.address, params, { webhookEnabled: ports.webhookEnabled, timeoutMs });
  } catch (error) {
    return recover(ports, claim, started, index, save, error);
  }
  ports.circuit.succeeded();
  // After a second POST the first may have taken effect after all, later than anybody expected: look once. That it is
  // sent is known without, so a list that fails is no reason to doubt it.
  const isSaved = attempts > 1 && (await confirm(ports, claim, started, index, save, false));
  if (!isSaved) await save(sentPart(started, index, reply, ports.clock.now()));
}

function checkTime({ delivery }: Sending): void {
  if (delivery.remainingMs() < POST_MS + SAVE_MARGIN_MS) throw new RetryError('no_time_left', 0);
}

/** Decides by what is known of the outcome, never by hope. */
async function recover(
  ports: SendPorts,
  claim: Sending,
  started: MessageRecord,
  index: number,
  save: Save,
  error: unknown,
) {
  if (!(error instanceof BotError)) throw error;
  const part = started.parts[index] as Part;
  if (error.outcomeKnown && !error.retryable) {
    ports.circuit.succeeded();
    if (error.code === 'not_found' && claim.tries?.isLast === false) {
      await save(releasePart(started, index)).catch(() => undefined);
      throw new RetryError(error.code, NOT_FOUND_YET_MS, { cause: error });
    }
    // It may be refused because an earlier POST of it took effect: media can be sent only once.
    if (part.attempts > 1 && (await confirm(ports, claim, started, index, save, true))) return;
    ports.log.count('reply_refused', error.code);
    return save(quarantine(started, codeWithNumber(error), ports.clock.now()));
  }
  // Too many requests, or a conversation that is not ready, says nothing about Twilio as a whole.
  if (error.code !== 'rate_limited' && error.code !== 'rejected') ports.circuit.failed();
  if (error.outcomeKnown) {
    // Not saved, it only costs a settle wait. What Twilio asked for in Retry-After holds all the same.
    await save(releasePart(started, index)).catch(() => undefined);
    throw new RetryError(error.code, error.retryAfterMs, { cause: error });
  }
  for (const ms of LOOK_AGAIN_MS) {
    if (claim.delivery.remainingMs() < ms + POST_MS + SAVE_MARGIN_MS) break;
    await ports.clock.sleep(ms);
    if (await confirm(ports, claim, started, index, save, false)) return;
  }
  const wait = settleWait(part, ports.settleMs, ports.clock.now());
  throw new RetryError('ambiguous', Math.max(wait, error.retryAfterMs ?? 0), { cause: error });
}

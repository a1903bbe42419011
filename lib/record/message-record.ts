import type { MemoryChange } from '../rules/memory.ts';
import type { PlannedMessage } from '../rules/types.ts';

/**
 * What the store knows of one event. The plan is frozen here before the first POST, so a retry, a crash or a new
 * deployment sends the same answer. Every function below is a pure step from one record to the next; whoever
 * saves it must still hold the version it read (ports.ts, Store), which is what fences a zombie.
 *
 *   (absent) ──▶ in flight: waiting ──▶ sending ──▶ sent      one pair of steps a part, in order
 *       │                      ▲            │
 *       │                      └────────────┘ provably not sent
 *       └──────────▶ finished: replied · no_rule · suppressed · stale · quarantined
 *
 * Fields are only ever added. A record of a newer version is left alone (answer.ts).
 */
export interface MessageRecord {
  readonly v: 1;
  readonly eventType: string;
  /** Milliseconds since the epoch when the webhook was accepted. */
  readonly receivedAt: number;
  readonly rule?: string;
  /** Under which name its messages are sent and looked for; records from before it go by the setting. */
  readonly author?: string;
  /** A message that was there before the first POST: the answer has a greater Index. Absent where the event's says as much. */
  readonly afterIndex?: number;
  readonly parts: readonly Part[];
  /** Hashes of the titles that its messages offer to tap (guards/tap.ts). */
  readonly offers?: readonly string[];
  /** What the answer changes of what is remembered; erased once it is noted (reply/note-event.ts). */
  readonly change?: MemoryChange;
  /** Absent while in flight. */
  readonly finished?: Finished;
  /** That it was set aside has been counted (reply/report.ts). */
  readonly reported?: true;
}

export interface Part {
  /** Erased when the record is finished: customers' words are not kept longer than the sending needs them. */
  readonly message?: PlannedMessage;
  readonly state: 'waiting' | 'sending' | 'sent';
  /** Milliseconds since the epoch of the latest POST that may have taken effect. */
  readonly sendingSince?: number;
  /** How many POSTs were started. */
  readonly attempts: number;
  readonly replySid?: string;
  readonly replyIndex?: number;
}

/** Every accepted event ends in exactly one of these, so they add up. */
export type Outcome = 'replied' | 'no_rule' | 'suppressed' | 'stale' | 'quarantined';

export interface Finished {
  readonly outcome: Outcome;
  /** Why it was suppressed or quarantined: a guard, a budget, or Twilio's error code. */
  readonly reason?: string;
  readonly at: number;
}

export const RECORD_VERSION = 1;

type Origin = Pick<MessageRecord, 'eventType' | 'receivedAt'>;

export function planRecord(
  origin: Origin & Pick<MessageRecord, 'author'>,
  rule: string,
  messages: readonly PlannedMessage[],
  offers: readonly string[] = [],
  change?: MemoryChange,
): MessageRecord {
  const parts = messages.map((message): Part => ({ message, state: 'waiting', attempts: 0 }));
  const offering = offers.length > 0 ? { offers } : {};
  return { v: RECORD_VERSION, ...origin, rule, parts, ...offering, ...(change && { change }) };
}

export function finishedRecord(origin: Origin, finished: Finished, rule?: string): MessageRecord {
  return { v: RECORD_VERSION, ...origin, ...(rule === undefined ? {} : { rule }), parts: [], finished };
}

/** The first part that is not known to be sent. A record in flight has one, or it would be finished. */
export function nextPart(record: MessageRecord): number {
  return record.parts.findIndex((part) => part.state !== 'sent');
}

/** To be known before the first POST: how far back its answer may have to be looked for. */
export function noteIndex(record: MessageRecord, afterIndex: number): MessageRecord {
  return { ...record, afterIndex };
}

/** Whether anything of it was sent, or may have been. */
export function isBegun({ parts }: MessageRecord): boolean {
  return parts.some(({ state }) => state !== 'waiting');
}

/** To be saved before the POST: from here on the part may have been sent. */
export function startPart(record: MessageRecord, index: number, now: number): MessageRecord {
  return changePart(record, index, (part) => ({
    ...part,
    state: 'sending',
    sendingSince: now,
    attempts: part.attempts + 1,
  }));
}

/** Only for a POST that provably did not take effect. */
export function releasePart(record: MessageRecord, index: number): MessageRecord {
  return changePart(record, index, ({ sendingSince: _, ...part }) => ({ ...part, state: 'waiting' }));
}

/** The part is at Twilio; the last one finishes the record. */
export function sentPart(
  record: MessageRecord,
  index: number,
  reply: { readonly sid: string; readonly index: number },
  now: number,
): MessageRecord {
  const next = changePart(record, index, (part) => ({
    ...part,
    state: 'sent',
    replySid: reply.sid,
    replyIndex: reply.index,
  }));
  return nextPart(next) === -1 ? finish(next, { outcome: 'replied', at: now }) : next;
}

/** What was not answered changes nothing of what is remembered. */
export function finish(record: MessageRecord, finished: Finished): MessageRecord {
  const { change, ...rest } = record;
  const kept = change !== undefined && finished.outcome === 'replied' ? { change } : {};
  return { ...rest, parts: record.parts.map(({ message: _, ...part }) => part), ...kept, finished };
}

/** To be saved when its change is noted: what customers say is not kept in two places. */
export function eraseChange({ change: _, ...record }: MessageRecord): MessageRecord {
  return record;
}

function changePart(record: MessageRecord, index: number, change: (part: Part) => Part): MessageRecord {
  return { ...record, parts: record.parts.map((part, i) => (i === index ? change(part) : part)) };
}

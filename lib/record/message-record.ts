import type { MemoryChange } from '../rules/memory.ts';
import type { PlannedMessage, PlannedStep } from '../rules/types.ts';

/**
 * What the store knows of one event. The plan is frozen here before the first POST, so a retry, a crash or a new
 * deployment sends the same answer. Every function below is a pure step from one record to the next; whoever
 * saves it must still hold the version it read (ports.ts, Store), which is what fences a zombie.
 *
 *   (absent) ──▶ in flight: waiting ──▶ sending ──▶ sent      one pair of steps a part, in order
 *       │                      ▲            │
 *       │                      └────────────┘ provably not sent; a step that is not a message may be refused for good
 *       └──────────▶ finished: replied · no_rule · suppressed · stale · quarantined
 *
 * Fields are only ever added. A record of a newer version is left alone (answer.ts).
 */
export interface MessageRecord {
  /**
   * 2 where the plan holds a step that version 1 does not know, 3 where it was decided anew: who does not know that leaves
   * such a record alone. Else 1.
   */
  readonly v: 1 | 2 | 3;
  readonly eventType: string;
  /** Milliseconds since the epoch when the webhook was accepted. */
  readonly receivedAt: number;
  readonly rule?: string;
  /** Under which name its messages are sent and looked for; records from before it go by the setting. */
  readonly author?: string;
  /** Until when an operator lets its answer begin, however old it is; in milliseconds since the epoch. */
  readonly answerUntil?: number;
  /** A message that was there before the first POST: the answer has a greater Index. Absent where the event's says as much. */
  readonly afterIndex?: number;
  readonly parts: readonly Part[];
  /** Hashes of the titles that its messages offer to tap (guards/tap.ts). */
  readonly offers?: readonly string[];
  /** What the answer changes of what is remembered; erased once it is noted (reply/note-event.ts). */
  readonly change?: MemoryChange;
  /** The handlers that were called for it, and how that ended. */
  readonly called?: readonly CalledNote[];
  /** Absent while in flight. */
  readonly finished?: Finished;
  /** How often it was decided anew, the present time last. */
  readonly replays?: readonly Replay[];
  /** Its outcome was counted before it was noted (reply/report.ts). */
  readonly reported?: true;
}

/** One new decision, which an operator has asked for. */
export interface Replay {
  /** Under this id it is decided anew once. */
  readonly id: string;
  /** How it had ended before; absent where there was no record. */
  readonly was?: Finished;
}

/** One call of a handler (reply/settle-calls.ts): never what it was given, nor what it returned. */
export interface CalledNote {
  readonly handler: string;
  /** `returned`, or why the rule's `else` was done instead. */
  readonly ended: string;
  readonly ms: number;
}

/** One step of the plan: a message to create, or something else to do at Twilio. */
export interface Part {
  /** Erased when the record is finished: customers' words are not kept longer than the sending needs them. */
  readonly message?: PlannedMessage;
  /** What is to be done where it is not a message; of a finished record only which kind of step it was. */
  readonly step?: OtherStep | Pick<OtherStep, 'kind'>;
  readonly state: 'waiting' | 'sending' | 'sent';
  /** Milliseconds since the epoch of the latest POST that may have taken effect. */
  readonly sendingSince?: number;
  /** How many POSTs were started. */
  readonly attempts: number;
  readonly replySid?: string;
  readonly replyIndex?: number;
  /** Until when Twilio will not be asked again (Retry-After), in milliseconds since the epoch. */
  readonly notBefore?: number;
  /** Milliseconds since the epoch when it was known that the message is at Twilio; records from before do not have it. */
  readonly sentAt?: number;
  /** Why Twilio would not do it: an error's code. Only of steps; the plan goes on with what follows. */
  readonly refused?: string;
}

/** A step that posts no message. Each may be done again without harm, so nobody looks for what became of it. */
export type OtherStep = Exclude<PlannedStep, PlannedMessage>;

/** Which version of the record is the first that knows each; what posts messages was there from the beginning. */
const KNOWN_FROM: Readonly<Record<OtherStep['kind'], 2>> = { tag: 2, invite: 2 };

/** Every accepted event ends in exactly one of these, so they add up. */
export type Outcome = 'replied' | 'no_rule' | 'suppressed' | 'stale' | 'quarantined';

export interface Finished {
  readonly outcome: Outcome;
  /** Why it was suppressed or quarantined: a guard, a budget, or Twilio's error code. */
  readonly reason?: string;
  readonly at: number;
}

/** The newest that we know. */
export const RECORD_VERSION = 3;

/** What may be decided anew, and for which reasons; undefined: for any. */
const REPLAYABLE: Readonly<Record<Outcome, readonly string[] | undefined>> = {
  replied: [],
  suppressed: ['off', 'dry_run'],
  stale: undefined,
  quarantined: undefined,
  no_rule: undefined,
};

type Origin = Pick<MessageRecord, 'eventType' | 'receivedAt'>;

export function planRecord(
  origin: Origin & Pick<MessageRecord, 'author'>,
  rule: string,
  steps: readonly PlannedStep[],
  offers: readonly string[] = [],
  change?: MemoryChange,
): MessageRecord {
  const parts = steps.map(
    (step): Part => ({
      ...(isOther(step) ? { step } : { message: step }),
      state: 'waiting',
      attempts: 0,
    }),
  );
  const v = steps.some(isOther) ? 2 : 1;
  const offering = offers.length > 0 ? { offers } : {};
  return { v, ...origin, rule, parts, ...offering, ...(change && { change }) };
}

function isOther(step: PlannedStep): step is OtherStep {
  return Object.hasOwn(KNOWN_FROM, step.kind);
}

export function finishedRecord(origin: Origin, finished: Finished, rule?: string): MessageRecord {
  return { v: 1, ...origin, ...(rule === undefined ? {} : { rule }), parts: [], finished };
}

/**
 * Whether a finished record may be decided anew under this id. Half an answer is never begun again, nor one to
 * whoever was forgotten; what may have been sent is for Twilio's list to say (reply/late-look.ts).
 */
export function isReplayable(record: MessageRecord, id: string): boolean {
  const { finished, replays } = record;
  if (finished === undefined || replays?.some((replay) => replay.id === id)) return false;
  if (finished.reason === 'forgotten' || messageParts(record).some(({ state }) => state === 'sent'))
    return false;
  const reasons = REPLAYABLE[finished.outcome];
  return reasons === undefined || reasons.includes(finished.reason ?? '');
}

/** Kept with it, since whoever goes on with it may not have been told. */
export function letAnswer(record: MessageRecord, answerUntil: number | undefined): MessageRecord {
  return answerUntil === undefined ? record : { ...record, answerUntil };
}

/** Whether an event has come to its outcome, and is not to be decided anew under the id `replay`. */
export function isOver(record: MessageRecord | undefined, replay: string | undefined): boolean {
  return record?.finished !== undefined && (replay === undefined || !isReplayable(record, replay));
}

/** The new decision in the place of the one before, which must not be overwritten by anybody who has not seen it. */
export function replayRecord(
  planned: MessageRecord,
  before: MessageRecord | undefined,
  id: string,
): MessageRecord {
  const { finished: was, replays = [] } = before ?? {};
  return { ...planned, v: 3, replays: [...replays, { id, ...(was && { was }) }] };
}

export function latestReplay({ replays }: Pick<MessageRecord, 'replays'>): Replay | undefined {
  return replays?.at(-1);
}

/** The first part that is neither known to be done nor refused. A record in flight has one, or it would be finished. */
export function nextPart(record: MessageRecord): number {
  return record.parts.findIndex(({ state, refused }) => state !== 'sent' && refused === undefined);
}

/** Those that post a message: what a customer sees of an answer. */
export function messageParts({ parts }: Pick<MessageRecord, 'parts'>): readonly Part[] {
  return parts.filter(({ step }) => step === undefined);
}

/** Which of the answer's messages the part at `index` posts, and how many there are. */
export function placeOf(
  record: MessageRecord,
  index: number,
): { readonly index: number; readonly count: number } {
  const before = messageParts({ parts: record.parts.slice(0, index) });
  return { index: before.length, count: messageParts(record).length };
}

/**
 * Whether the answer begins with the part at `index`: no message comes before it, which would make it the rest of half
 * an answer. Where an answer has no messages, its steps are all there is of it.
 */
export function isFirst(record: MessageRecord, index: number): boolean {
  const { count, index: before } = placeOf(record, index);
  return (count === 0 ? index : before) === 0;
}

/** To be known before the first POST: how far back its answer may have to be looked for. */
export function noteIndex(record: MessageRecord, afterIndex: number): MessageRecord {
  return { ...record, afterIndex };
}

/** Whether any message of it was sent, or may have been; where it has none, whether any step was done. */
export function isBegun(record: MessageRecord): boolean {
  const messages = messageParts(record);
  return (messages.length > 0 ? messages : record.parts).some(({ state }) => state !== 'waiting');
}

/** To be saved before the POST: from here on the part may have been sent. */
export function startPart(record: MessageRecord, index: number, now: number): MessageRecord {
  return changePart(record, index, ({ notBefore: _, ...part }) => ({
    ...part,
    state: 'sending',
    sendingSince: now,
    attempts: part.attempts + 1,
  }));
}

/**
 * Only for a POST that provably did not take effect.
 * @param notBefore when it may be tried again, in milliseconds since the epoch. @default at once
 */
export function releasePart(record: MessageRecord, index: number, notBefore?: number): MessageRecord {
  return changePart(record, index, ({ sendingSince: _, ...part }) => ({
    ...part,
    state: 'waiting',
    ...(notBefore === undefined ? {} : { notBefore }),
  }));
}

/** The message of the part is at Twilio; the last part finishes the record. */
export function sentPart(
  record: MessageRecord,
  index: number,
  reply: { readonly sid: string; readonly index: number },
  now: number,
): MessageRecord {
  const sent = { state: 'sent', replySid: reply.sid, replyIndex: reply.index, sentAt: now } as const;
  return endPart(record, index, sent, now);
}

/** The step is done; the last part finishes the record. */
export function stepDone(record: MessageRecord, index: number, now: number): MessageRecord {
  return endPart(record, index, { state: 'sent' }, now);
}

/** Twilio will not do the step, and what follows is done all the same; the last part finishes the record. */
export function stepRefused(record: MessageRecord, index: number, code: string, now: number): MessageRecord {
  return endPart(releasePart(record, index), index, { refused: code }, now);
}

function endPart(record: MessageRecord, index: number, change: Partial<Part>, now: number): MessageRecord {
  const next = changePart(record, index, (part) => ({ ...part, ...change }));
  return nextPart(next) === -1 ? finish(next, { outcome: 'replied', at: now }) : next;
}

/** What was not answered changes nothing of what is remembered. */
export function finish(record: MessageRecord, finished: Finished): MessageRecord {
  const { change, ...rest } = record;
  const kept = change !== undefined && finished.outcome === 'replied' ? { change } : {};
  return { ...rest, parts: record.parts.map(withoutWords), ...kept, finished };
}

function withoutWords({ message: _, step, ...part }: Part): Part {
  return step === undefined ? part : { step: { kind: step.kind }, ...part };
}

/** To be saved when its change is noted: what customers say is not kept in two places. */
export function eraseChange({ change: _, ...record }: MessageRecord): MessageRecord {
  return record;
}

function changePart(record: MessageRecord, index: number, change: (part: Part) => Part): MessageRecord {
  return { ...record, parts: record.parts.map((part, i) => (i === index ? change(part) : part)) };
}

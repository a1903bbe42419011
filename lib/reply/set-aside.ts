import type { Clock, Store } from '../ports.ts';
import {
  type Finished,
  finish,
  finishedRecord,
  isBegun,
  isOver,
  type MessageRecord,
  nextPart,
  replayRecord,
} from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import { answerableUntil } from './answerable-until.ts';
import type { Claim } from './claim.ts';
import { saveRecord } from './save-record.ts';
import { settleWait } from './settle.ts';

export interface SetAsidePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly settleMs: number;
  readonly maxAgeMs: number;
}

/** What is set aside may be an event of which nobody knows the service. */
type SetAside = Pick<Claim, 'event' | 'receivedAt' | 'key' | 'tries' | 'answerUntil' | 'replay'>;

/**
 * Ends what cannot be brought to another outcome; what is known of its reply stays in the record. Half an answer is
 * never begun again. What may have been sent is waited for first, since it may turn out to be there after all.
 * @returns the finished record, saved.
 * @throws RetryError while what may have been sent can still take effect.
 */
export async function setAside(
  ports: SetAsidePorts,
  claim: SetAside,
  reason: string,
): Promise<MessageRecord> {
  const { event, receivedAt, key, tries, replay } = claim;
  const stored = await ports.store.get<MessageRecord>(key);
  const before = stored?.value;
  if (before !== undefined && isOver(before, replay)) return before;
  if (!tries.isDeadly) await waitForSent(ports, claim, before, reason);
  const at = ports.clock.now();
  const inFlight = before?.finished === undefined ? before : undefined;
  const isBegunYet = inFlight !== undefined && isBegun(inFlight);
  const isStale = !isBegunYet && !tries.isDeadly && at > answerableUntil(claim, ports.maxAgeMs);
  const finished: Finished = isStale
    ? { outcome: 'stale', at }
    : { outcome: 'quarantined', reason: tries.givenUp ?? reason, at };
  const ended = inFlight
    ? finish(inFlight, finished)
    : finishedRecord({ eventType: event.EventType, receivedAt }, finished);
  const isReplay = inFlight === undefined && replay !== undefined;
  const record = isReplay ? replayRecord(ended, before, replay) : ended;
  await saveRecord(ports, key, record, stored?.version);
  return record;
}

async function waitForSent(
  { clock, settleMs }: SetAsidePorts,
  { tries }: SetAside,
  record: MessageRecord | undefined,
  reason: string,
): Promise<void> {
  const part = record?.parts[nextPart(record)];
  const mayBeSent = part?.state === 'sending' && part.step === undefined;
  const wait = mayBeSent ? settleWait(part, settleMs, clock.now()) : 0;
  if (wait === 0) return;
  if (tries.givenUp === undefined) await tries.giveUp(reason);
  throw new RetryError('settling', wait);
}

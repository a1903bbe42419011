import { eventTime } from '../event/event-time.ts';
import type { Clock, Store } from '../ports.ts';
import {
  type Finished,
  finish,
  finishedRecord,
  isBegun,
  type MessageRecord,
  nextPart,
} from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import type { Claim } from './claim.ts';
import { saveRecord } from './save-record.ts';
import { settleWait } from './settle.ts';

export interface SetAsidePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly settleMs: number;
  readonly maxAgeMs: number;
}

/**
 * Ends what cannot be brought to another outcome; what is known of its reply stays in the record. Half an answer is
 * never begun again. What may have been sent is waited for first, since it may turn out to be there after all.
 * @returns the finished record, saved.
 * @throws RetryError while what may have been sent can still take effect.
 */
export async function setAside(ports: SetAsidePorts, claim: Claim, reason: string): Promise<MessageRecord> {
  const { event, receivedAt, key, tries } = claim;
  const stored = await ports.store.get<MessageRecord>(key);
  if (stored?.value.finished !== undefined) return stored.value;
  if (!tries.isDeadly) await waitForSent(ports, claim, stored?.value, reason);
  const at = ports.clock.now();
  const isBegunYet = stored !== undefined && isBegun(stored.value);
  const isStale = !isBegunYet && !tries.isDeadly && at - eventTime(event, receivedAt) > ports.maxAgeMs;
  const finished: Finished = isStale
    ? { outcome: 'stale', at }
    : { outcome: 'quarantined', reason: tries.givenUp ?? reason, at };
  const record = stored
    ? finish(stored.value, finished)
    : finishedRecord({ eventType: event.EventType, receivedAt }, finished);
  await saveRecord(ports, key, record, stored?.version);
  return record;
}

async function waitForSent(
  { clock, settleMs }: SetAsidePorts,
  { tries }: Claim,
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

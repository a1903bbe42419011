import { eventKey } from '../../lib/event/event-key.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import type { ReceivedMessage } from '../../local/lambda/memory-queue.ts';
import type { Scheduler } from './scheduler.ts';

/** When the queue handed out what, by the event's key. */
export interface Deliveries {
  readonly onDelivery: (message: ReceivedMessage) => void;
  readonly onUntouched: (message: ReceivedMessage) => void;
  /** Of an event's first message on the queue, in milliseconds since the epoch. */
  of(key: string): readonly number[];
  /** Those of them in which its turn came. */
  turnsOf(key: string): readonly number[];
  /** Of all its messages on the queue: one that goes behind others gets another. */
  everyOf(key: string): readonly number[];
}

export function createDeliveries({ now }: Pick<Scheduler, 'now'>): Deliveries {
  const times = new Map<string, number[]>();
  const every = new Map<string, number[]>();
  const untouched = new Map<string, number[]>();
  const of = (key: string) => times.get(key) ?? [];
  return {
    onDelivery: ({ deduplicationId, body }) => {
      times.set(deduplicationId, [...of(deduplicationId), now()]);
      const key = eventKey(openEnvelope(body).event);
      every.set(key, [...(every.get(key) ?? []), now()]);
    },
    onUntouched: ({ deduplicationId }) => {
      const latest = of(deduplicationId).slice(-1);
      untouched.set(deduplicationId, [...(untouched.get(deduplicationId) ?? []), ...latest]);
    },
    of,
    everyOf: (key) => every.get(key) ?? [],
    turnsOf: (key) => of(key).filter((at) => !untouched.get(key)?.includes(at)),
  };
}

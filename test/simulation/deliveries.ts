import type { ReceivedMessage } from '../../local/lambda/memory-queue.ts';
import type { Scheduler } from './scheduler.ts';

/** When the queue handed out what, by the event's key. */
export interface Deliveries {
  readonly onDelivery: (message: ReceivedMessage) => void;
  /** Of an event's first message on the queue, in milliseconds since the epoch. */
  of(key: string): readonly number[];
}

export function createDeliveries({ now }: Pick<Scheduler, 'now'>): Deliveries {
  const times = new Map<string, number[]>();
  return {
    onDelivery: ({ deduplicationId }) => {
      times.set(deduplicationId, [...(times.get(deduplicationId) ?? []), now()]);
    },
    of: (key) => times.get(key) ?? [],
  };
}

import type { Log } from '../log.ts';
import type { Clock, Queue, QueueMessage, Store } from '../ports.ts';

/** The partition of the table where events wait that the queue did not take; receive may write nowhere else. */
export const SPOOL = 'spool';
const SPOOL_DAYS = 14;
const BATCH = 100;

export interface SpoolPorts {
  readonly queue: Queue;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count'>;
}

/**
 * A queue that falls back to the table when SQS refuses: Twilio would not send the webhook again. Spooled events are
 * brought to the queue by `sweepSpool`; one that comes late finds its conversation in order (missed-messages.ts).
 * @returns a Queue whose `send` throws only when neither took the message.
 */
export function spoolingQueue({
  queue,
  store,
  clock,
  log,
}: Omit<SpoolPorts, 'store'> & { readonly store: Pick<Store, 'put'> }): Queue {
  return {
    send: async (message) => {
      try {
        await queue.send(message);
      } catch (error) {
        const key = { pk: SPOOL, sk: `${message.groupId}|${message.deduplicationId}` };
        const expiresAt = Math.floor(clock.now() / 1000) + SPOOL_DAYS * 86_400;
        // Whether this put or an earlier one of the same event made the item does not matter.
        await store.put(key, { version: 1, expiresAt, value: message }, undefined).catch(() => {
          throw error;
        });
        log.count('event_spooled');
      }
    },
  };
}

/** Brings what waits in the spool to the queue, oldest key first. Sending twice is harmless, losing is not. */
export async function sweepSpool({ queue, store, log }: SpoolPorts): Promise<number> {
  const waiting = await store.list<QueueMessage>(SPOOL, BATCH);
  for (const [key, { version, value }] of waiting) {
    await queue.send(value);
    await store.remove(key, version);
    log.count('event_unspooled');
  }
  return waiting.length;
}

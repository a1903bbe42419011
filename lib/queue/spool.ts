import type { Log } from '../log.ts';
import type { Clock, Queue, Store } from '../ports.ts';
import { saveNext, spoolKey } from '../record/keys.ts';

export interface SpoolPorts {
  readonly queue: Queue;
  readonly store: Pick<Store, 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count'>;
}

/**
 * A queue that falls back to the table when SQS refuses: Twilio would not send the webhook again. Spooled events are
 * brought to the queue within a minute (sweep-spool.ts); one that comes late finds its conversation in order
 * (missed-messages.ts).
 * @returns a Queue whose `send` throws only when neither took the message.
 */
export function spoolingQueue({ queue, store, clock, log }: SpoolPorts): Queue {
  return {
    send: async (message) => {
      try {
        await queue.send(message);
      } catch (error) {
        const key = spoolKey(message, clock.now());
        const item = { key, value: message, lifetime: 'spool' } as const;
        // Whether this put or an earlier one of the same event made the item does not matter.
        await saveNext({ store, clock }, item, undefined).catch(() => {
          throw error;
        });
        log.count('event_spooled');
      }
    },
  };
}

import { errorCode } from '../error-code.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Queue, QueueMessage, Store } from '../ports.ts';
import { SPOOL, saveNext, spoolKey } from '../record/keys.ts';

const BATCH = 100;
/** Then it is the queue that is down, not the one event that is odd. */
const REFUSALS_TO_STOP = 5;

export interface SpoolPorts {
  readonly queue: Queue;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count'>;
}

export interface SweepPorts extends Omit<SpoolPorts, 'clock'> {
  readonly hasTime: () => boolean;
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
        const key = spoolKey(message.groupId, message.deduplicationId);
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

/**
 * Brings what waits in the spool to the queue, oldest key first, as long as there is time. Sending twice is harmless,
 * losing is not. What the queue refuses stays and holds up nothing else, unless it refuses everything.
 * @returns how many events were brought back.
 */
export async function sweepSpool(ports: SweepPorts): Promise<number> {
  let [swept, refused] = [0, 0];
  const goesOn = () => ports.hasTime() && refused < REFUSALS_TO_STOP;
  for (let before = -1; swept > before && goesOn(); ) {
    before = swept;
    for (const [key, { version, value }] of await ports.store.list<QueueMessage>(SPOOL, BATCH)) {
      if (!goesOn()) break;
      if (await bringBack(ports, key, version, value)) swept += 1;
      else refused += 1;
    }
  }
  return swept;
}

async function bringBack({ queue, store, log }: SweepPorts, key: Key, version: number, value: QueueMessage) {
  try {
    await queue.send(value);
  } catch (error) {
    log.count('event_stays_spooled', errorCode(error));
    return false;
  }
  await store.remove(key, version);
  log.count('event_unspooled');
  return true;
}

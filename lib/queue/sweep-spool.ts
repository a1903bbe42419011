import { errorCode } from '../error-code.ts';
import type { Log } from '../log.ts';
import type { Clock, Key, Queue, QueueMessage, Store, Versioned } from '../ports.ts';
import { OLD_SPOOL, SPOOLS, spooledAt, spoolKey } from '../record/keys.ts';

const BATCH = 100;
/** In a row, in one partition: then it is the queue that is down, not the events that are odd. */
const REFUSALS_TO_STOP = 10;
/**
 * So often an event is refused before those behind it, of its own conversation, overtake it: it may be the queue that
 * is down, and their order is worth a few minutes.
 */
const REFUSALS_TO_OVERTAKE = 3;

export interface SweepPorts {
  readonly queue: Queue;
  readonly store: Pick<Store, 'list' | 'put' | 'remove'>;
  readonly log: Pick<Log, 'count'>;
  readonly hasTime: () => boolean;
  readonly clock: Pick<Clock, 'now'>;
}

type Spooled = readonly [key: Key, item: Versioned<QueueMessage>];

/**
 * Brings what waits in the spool to the queue, the oldest first, as long as there is time: one read a partition when
 * there is nothing. Sending twice is harmless, losing is not, so an event is removed only when the queue took it.
 *
 * One that the queue refuses goes behind the others, and its version counts how often. Dying between the two writes
 * leaves it there twice, which is one event all the same:
 *
 *   10:00|CH1|odd  10:01|CH2|a  10:02|CH3|b      put 10:05|CH1|odd, then remove 10:00|CH1|odd
 *   10:01|CH2|a  10:02|CH3|b  10:05|CH1|odd
 *
 * @returns how many events were brought back: a sign that webhooks may have been lost meanwhile.
 */
export async function sweepSpool(ports: SweepPorts): Promise<number> {
  // What the version before spooled is older.
  let swept = await sweepPartition(ports, OLD_SPOOL);
  for (const count of await Promise.all(SPOOLS.map((pk) => sweepPartition(ports, pk)))) swept += count;
  return swept;
}

/** A partition that cannot be read or written is counted, and holds up no other. */
async function sweepPartition(ports: SweepPorts, pk: string): Promise<number> {
  const sweep = createSweep(ports);
  try {
    while (sweep.goesOn()) {
      const page = await ports.store.list<QueueMessage>(pk, BATCH);
      if (!(await sweep.work(page))) break;
    }
  } catch (error) {
    ports.log.count('spool_failed', errorCode(error));
  }
  return sweep.taken();
}

function createSweep({ queue, store, log, hasTime, clock }: SweepPorts) {
  /** What has had its turn, so that what is moved behind does not come again. */
  const seen = new Set<string>();
  /** Conversations of what was refused since the queue last took anything. */
  const waiting = new Set<string>();
  let [taken, refusedInARow, newest] = [0, 0, 0];
  const goesOn = () => hasTime() && refusedInARow < REFUSALS_TO_STOP;

  async function bringBack([key, { version, value }]: Spooled): Promise<boolean> {
    try {
      await queue.send(value);
    } catch (error) {
      log.count('event_stays_spooled', errorCode(error));
      return false;
    }
    taken += 1;
    await store.remove(key, version);
    log.count('event_unspooled');
    return true;
  }

  /** It keeps its last day: two weeks from when it came. */
  async function moveBehind([key, item]: Spooled, refusals: number): Promise<void> {
    newest = Math.max(clock.now(), newest + 1);
    const behind = spoolKey(item.value, newest);
    seen.add(behind.sk);
    // Not to win is as good: then the same event stands there already.
    await store.put(behind, { ...item, version: item.version + refusals }, undefined);
    await store.remove(key, item.version);
  }

  async function tryOne(spooled: Spooled): Promise<void> {
    const [, { version, value }] = spooled;
    if (await bringBack(spooled)) {
      refusedInARow = 0;
      waiting.clear();
      return;
    }
    refusedInARow += 1;
    if (version <= REFUSALS_TO_OVERTAKE) waiting.add(value.groupId);
    await moveBehind(spooled, 1);
  }

  return {
    goesOn,
    taken: () => taken,
    /** @returns false when there was nothing new in it. */
    work: async (page: readonly Spooled[]): Promise<boolean> => {
      const fresh = page.filter(([{ sk }]) => !seen.has(sk));
      // Those of the version before have no time.
      for (const [key] of fresh) newest = Math.max(newest, spooledAt(key) || 0);
      for (const spooled of fresh) {
        seen.add(spooled[0].sk);
        if (goesOn()) await tryOne(spooled);
        else if (waiting.has(spooled[1].value.groupId)) await moveBehind(spooled, 0);
      }
      return fresh.length > 0;
    },
  };
}

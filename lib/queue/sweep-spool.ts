import { errorCode } from '../error-code.ts';
import type { Log } from '../log.ts';
import type { Key, Queue, QueueMessage, Store, Versioned } from '../ports.ts';
import { OLD_SPOOL, SPOOLS } from '../record/keys.ts';

/** So many are read of a partition at once. */
const BATCH = 100;
/** So many conversations of a partition are remembered whose turn comes after the others: the least refused. */
const MOST_LATER = 1_600;
/** In a row, in as many conversations of a partition: then it is the queue that is down, not the events that are odd. */
const REFUSALS_TO_STOP = 10;
/**
 * So often an event is refused before those behind it, of its own conversation, overtake it: it may be the queue that
 * is down, and their order is worth a few minutes.
 */
const REFUSALS_TO_OVERTAKE = 3;

export interface SweepPorts {
  readonly queue: Queue;
  readonly store: Pick<Store, 'list' | 'put' | 'remove'>;
  readonly log: Pick<Log, 'count' | 'error'>;
  readonly hasTime: () => boolean;
}

type Spooled = readonly [key: Key, item: Versioned<QueueMessage>];

/**
 * Brings what waits in the spool to the queue, the oldest first, as long as there is time: one read a partition when
 * there is nothing. Sending twice is harmless, losing is not, so an event is removed only when the queue took it.
 *
 * One that the queue refuses stays where it is, and its version counts how often. Its conversation waits with it for
 * the next sweep:
 *
 *   CH1|odd  CH2|a  CH1|c  CH3|b      odd is refused, a and b are taken, c waits
 *   CH1|odd (refused once)  CH1|c
 *
 * Where the queue refuses one again, all that were refused before have their turn after the others.
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
    let after: string | undefined;
    while (sweep.goesOn()) {
      const page = await ports.store.list(pk, BATCH, after);
      await sweep.work(page);
      if (page.length < BATCH) {
        await sweep.workOff();
        break;
      }
      after = page.at(-1)?.[0].sk;
    }
  } catch (error) {
    ports.log.count('spool_failed', errorCode(error));
  }
  return sweep.taken();
}

function createSweep({ queue, store, log, hasTime }: SweepPorts) {
  /** Conversations whose order is kept behind what was refused. */
  const waiting = new Set<string>();
  /** What has its turn after the others, by conversation. */
  const later = new Map<string, Spooled[]>();
  let [taken, refusedInARow, refusedAgain] = [0, 0, false];
  const goesOn = () => hasTime() && refusedInARow < REFUSALS_TO_STOP;

  /** @returns whether the queue took it. */
  async function bringBack([key, item]: Spooled): Promise<boolean> {
    try {
      await queue.send(item.value);
    } catch (error) {
      log.count('event_stays_spooled', errorCode(error));
      refusedAgain ||= item.version > 1;
      // Not to win is as good: then another sweep is at it.
      await store.put(key, { ...item, version: item.version + 1 }, item.version);
      return false;
    }
    taken += 1;
    refusedInARow = 0;
    await store.remove(key, item.version);
    log.count('event_unspooled');
    return true;
  }

  async function bringBackAll(groupId: string, events: readonly Spooled[]): Promise<void> {
    for (const [at, event] of events.entries()) {
      if (!goesOn()) return;
      if (await bringBack(event)) continue;
      refusedInARow += 1;
      if (event[1].version <= REFUSALS_TO_OVERTAKE) waiting.add(groupId);
      else await bringBackEach(events.slice(at + 1));
      return;
    }
  }

  /** Where the order is given up. What is refused of one conversation says nothing of the others, so it counts once. */
  async function bringBackEach(events: readonly Spooled[]): Promise<void> {
    let refused = 0;
    for (const event of events.toSorted(byRefusals)) {
      if (!goesOn() || refused === REFUSALS_TO_STOP) return;
      refused = (await bringBack(event)) ? 0 : refused + 1;
    }
  }

  /** What has its turn after the others, the least refused first. */
  const inTurn = () => [...later].toSorted(([, [a]], [, [b]]) => byRefusals(a, b));

  /** One that cannot be read is nobody else's matter. It expires where it stands, and its key says what it was. */
  function isReadable(spooled: readonly [Key, Versioned<unknown>]): spooled is Spooled {
    const [{ sk }, { value }] = spooled;
    if (isMessage(value)) return true;
    const [, conversationSid] = /(CH\w+)\|/.exec(sk) ?? [];
    const [, messageSid] = /.*\|(IM\w+)(?:\||$)/.exec(sk) ?? [];
    log.count('event_stays_spooled', 'damaged');
    log.error('an event in the spool cannot be read', { conversationSid, messageSid });
    return false;
  }

  return {
    goesOn,
    taken: () => taken,
    work: async (page: readonly (readonly [Key, Versioned<unknown>])[]): Promise<void> => {
      const byConversation = Map.groupBy(page.filter(isReadable), ([, { value }]) => value.groupId);
      for (const [groupId, events] of byConversation) {
        const put = later.get(groupId);
        if (put !== undefined) put.push(...events);
        else if (refusedAgain && refusalsOf(events[0]) > 0) later.set(groupId, events);
        else if (!waiting.has(groupId)) await bringBackAll(groupId, events);
      }
      for (const [groupId] of inTurn().slice(MOST_LATER)) {
        later.delete(groupId);
        waiting.add(groupId);
      }
    },
    /** Works off what has its turn after the others. */
    workOff: async (): Promise<void> => {
      for (const [groupId, events] of inTurn()) await bringBackAll(groupId, events);
    },
  };
}

/** What was refused least often first; those that were as often stay in their order. */
function byRefusals(a: Spooled | undefined, b: Spooled | undefined): number {
  return refusalsOf(a) - refusalsOf(b);
}

function refusalsOf(spooled: Spooled | undefined): number {
  return spooled === undefined ? 0 : spooled[1].version - 1;
}

function isMessage(value: unknown): value is QueueMessage {
  const { groupId, deduplicationId, body } = Object(value) as Partial<Record<keyof QueueMessage, unknown>>;
  return [groupId, deduplicationId, body].every((field) => typeof field === 'string');
}

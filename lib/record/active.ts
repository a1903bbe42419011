import type { Clock, Key, Store } from '../ports.ts';
import { ACTIVE_SHARDS, activePartition, type SavePorts, saveNext } from './keys.ts';

/**
 * Which conversations of a service had messages lately: one item a conversation and quarter of an hour, so that the
 * reconciler need not go through all conversations there are to find those where a webhook may have been lost. Each
 * quarter has sixteen partitions, by the last digit of the conversation's SID, which is random.
 */
export const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;
/** Of a partition: 160,000 conversations of a service in a quarter of an hour. */
const LIMIT = 10_000;
/** A hundred and more at once would wait for each other, and each waits for a second at most. */
const AT_ONCE = 8;

/** A conversation that was marked. */
export interface Marked {
  readonly serviceSid: string;
  readonly conversationSid: string;
  /** When it was marked, in milliseconds since the epoch. Later activity of the same quarter does not show. */
  readonly at: number;
  /** Twilio refused a look: there is to be another two hours after `at`, whatever came later. */
  readonly isRefused?: true;
}

export interface ActivePorts {
  readonly store: Pick<Store, 'list'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Called for a partition with more conversations than are read of it: some of them are not looked at. */
  readonly onCut: () => void;
}

/** The quarter of an hour of `at` (milliseconds since the epoch), as it stands in keys: `2026-11-20T23:15`. */
export function quarterOf(at: number): string {
  return new Date(Math.floor(at / QUARTER_MS) * QUARTER_MS).toISOString().slice(0, 16);
}

/** The hour of `at`, as the version before had it in its keys: `2026-11-20T23`. */
export function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

interface Address {
  readonly serviceSid: string;
  readonly conversationSid: string;
}

interface Mark {
  readonly at: number;
  readonly refused?: true;
}

export async function markActive(ports: SavePorts, address: Address, now: number): Promise<void> {
  const item = { key: markKey(address, now), value: { at: now }, lifetime: 'active' } as const;
  // Not to win is as good: then it is marked already.
  await saveNext(ports, item, undefined, now);
}

/** Marks one at which Twilio refuses a look, also where it was active in that quarter. @param at so long ago as is due */
export async function markRefused(
  ports: SavePorts & { readonly store: Pick<Store, 'get'> },
  address: Address,
  at: number,
): Promise<void> {
  const key = markKey(address, at);
  const stored = await ports.store.get<Mark | null>(key);
  const value: Mark = { at, ...stored?.value, refused: true };
  await saveNext(ports, { key, value, lifetime: 'active' }, stored?.version, at);
}

function markKey({ serviceSid, conversationSid }: Address, at: number): Key {
  return { pk: activePartition(serviceSid, quarterOf(at), shardOf(conversationSid)), sk: conversationSid };
}

/** The conversations of a service that were marked in these quarters, those of the first one first. */
export async function markedIn(
  ports: ActivePorts,
  serviceSid: string,
  quarters: readonly string[],
): Promise<readonly Marked[]> {
  const partitions = quarters.flatMap((quarter) =>
    [...ACTIVE_SHARDS].map((shard) => activePartition(serviceSid, quarter, shard)),
  );
  const read = await listAll<Mark | null>(ports, partitions);
  return read.map(({ pk, sk, value }) => {
    const at = timeOf(value?.at) ?? Date.parse(`${pk.split('|')[2]}:00Z`);
    return { serviceSid, conversationSid: sk, at, ...(value?.refused && { isRefused: true }) };
  });
}

/** @returns undefined for what is not a time in milliseconds: an item that somebody damaged is nobody else's matter. */
export function timeOf(stored: unknown): number | undefined {
  return typeof stored === 'number' && Number.isFinite(stored) ? stored : undefined;
}

/**
 * What the version before marked, which kept conversations by the hour, in one partition, without a time.
 * @param hours such as `2026-11-20T23`
 */
export async function markedByTheHour(
  ports: ActivePorts,
  serviceSid: string,
  hours: readonly string[],
): Promise<readonly Marked[]> {
  const read = await listAll(
    ports,
    hours.map((hour) => activePartition(serviceSid, hour)),
  );
  return read.map(({ pk, sk }) => {
    const end = Date.parse(`${pk.slice(pk.lastIndexOf('|') + 1)}:00:00Z`) + HOUR_MS;
    return { serviceSid, conversationSid: sk, at: Math.min(end, ports.clock.now()) };
  });
}

async function listAll<T>({ store, onCut }: ActivePorts, partitions: readonly string[]) {
  const items: { readonly pk: string; readonly sk: string; readonly value: T }[] = [];
  for (let from = 0; from < partitions.length; from += AT_ONCE) {
    const some = partitions.slice(from, from + AT_ONCE);
    for (const page of await Promise.all(some.map((pk) => store.list<T>(pk, LIMIT)))) {
      if (page.length === LIMIT) onCut();
      for (const [{ pk, sk }, { value }] of page) items.push({ pk, sk, value });
    }
  }
  return items;
}

function shardOf(conversationSid: string): string {
  const last = conversationSid.slice(-1).toLowerCase();
  return ACTIVE_SHARDS.includes(last) ? last : '0';
}

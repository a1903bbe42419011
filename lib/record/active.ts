import type { Clock, Store } from '../ports.ts';
import { activePartition, type SavePorts, saveNext } from './keys.ts';

/**
 * Which conversations of a service had messages lately: one item a conversation and hour, so that the reconciler
 * need not go through all conversations there are to find the ones where a webhook may have been lost.
 */
const HOUR = 3_600_000;
const HOURS = 24;
/** Keys of 70 bytes or so: what DynamoDB reads in one page of a megabyte. */
const LIMIT = 5_000;

/** The hour of `at` (milliseconds since the epoch), as it stands in keys: `2026-11-20T23`. */
export function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

export async function markActive(
  ports: SavePorts,
  address: { readonly serviceSid: string; readonly conversationSid: string },
  now: number,
): Promise<void> {
  const key = { pk: activePartition(address.serviceSid, hourOf(now)), sk: address.conversationSid };
  // Not to win is as good: then it is marked already.
  await saveNext(ports, { key, value: {}, lifetime: 'active' }, undefined, now);
}

export async function recentlyActive(
  { store, clock }: { readonly store: Pick<Store, 'list'>; readonly clock: Pick<Clock, 'now'> },
  serviceSid: string,
): Promise<readonly string[]> {
  const now = clock.now();
  const hours = Array.from({ length: HOURS + 1 }, (_, i) =>
    activePartition(serviceSid, hourOf(now - i * HOUR)),
  );
  const items = await Promise.all(hours.map((pk) => store.list(pk, LIMIT)));
  return [...new Set(items.flat().map(([{ sk }]) => sk))];
}

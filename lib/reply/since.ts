import type { Clock, Key, Store } from '../ports.ts';

const KEY: Key = { pk: 'parley', sk: 'since' };
/** Ten years: as good as never. */
const EXPIRES_S = 10 * 365 * 86_400;

/**
 * When this installation first looked at a conversation, in milliseconds since the epoch. What customers wrote
 * before is somebody else's history: without this mark the first deployment would answer it.
 */
export async function serviceSince({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
}): Promise<number> {
  const stored = await store.get<{ since: number }>(KEY);
  if (stored) return stored.value.since;
  // Lists date messages in whole seconds, so with a fraction what is written in this very second would seem older.
  const since = Math.floor(clock.now() / 1000) * 1000;
  const item = { version: 1, expiresAt: since / 1000 + EXPIRES_S, value: { since } };
  if (await store.put(KEY, item, undefined)) return since;
  return (await store.get<{ since: number }>(KEY))?.value.since ?? since;
}

import type { Clock, Key, Store } from '../ports.ts';
import { RECORD_DAYS } from './message-record.ts';

const KEY: Key = { pk: 'parley', sk: 'since' };
/** Ten years: as good as never. */
const EXPIRES_S = 10 * 365 * 86_400;

export interface SincePorts {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * From when on a message that has no record was missed, in milliseconds since the epoch. What is older is history:
 * written before there was this bot, or so long ago that its record is gone.
 * @param heardAt When there surely was this bot, because it heard of a message; now, if it only looks.
 */
export async function serviceSince(ports: SincePorts, heardAt = ports.clock.now()): Promise<number> {
  return Math.max(await firstLook(ports, heardAt), ports.clock.now() - RECORD_DAYS * 86_400_000);
}

/** Kept from the first time that anybody asks: without this mark the bot would answer everybody's past. */
async function firstLook({ store }: SincePorts, heardAt: number): Promise<number> {
  const stored = await store.get<{ since: number }>(KEY);
  if (stored) return stored.value.since;
  // Lists date messages in whole seconds, so with a fraction what is written in this very second would seem older.
  const since = Math.floor(heardAt / 1000) * 1000;
  const item = { version: 1, expiresAt: since / 1000 + EXPIRES_S, value: { since } };
  if (await store.put(KEY, item, undefined)) return since;
  return (await store.get<{ since: number }>(KEY))?.value.since ?? since;
}

import type { Clock, Store } from '../ports.ts';
import { LIFETIMES, SINCE_KEY, saveNext } from './keys.ts';

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
  return Math.max(await firstLook(ports, heardAt), ports.clock.now() - LIFETIMES.record * 86_400_000);
}

/** Kept from the first time that anybody asks: without this mark the bot would answer everybody's past. */
async function firstLook(ports: SincePorts, heardAt: number): Promise<number> {
  const stored = await ports.store.get<{ since: number }>(SINCE_KEY);
  if (stored) return stored.value.since;
  // Lists date messages in whole seconds, so with a fraction what is written in this very second would seem older.
  const since = Math.floor(heardAt / 1000) * 1000;
  const item = { key: SINCE_KEY, value: { since }, lifetime: 'since' } as const;
  if ((await saveNext(ports, item, undefined, since)) !== undefined) return since;
  return (await ports.store.get<{ since: number }>(SINCE_KEY))?.value.since ?? since;
}

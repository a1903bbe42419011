import type { Clock, Store } from '../ports.ts';
import { LIFETIMES, SINCE_KEY, saveNext } from './keys.ts';

export interface SincePorts {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
}

/** From when on there was this bot. */
export interface Mark {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** It was set when a message was heard of, not by a look: the bot may have been there before, with that one's elders. */
  readonly heard?: true;
}

/**
 * From when on a message that has no record was missed, in milliseconds since the epoch. What is older is history:
 * written before there was this bot, or so long ago that its record is gone.
 */
export async function serviceSince(ports: SincePorts, heardAt?: number): Promise<number> {
  return (await serviceMark(ports, heardAt)).since;
}

/** @param heardAt When there surely was this bot, because it heard of a message; absent if it only looks. */
export async function serviceMark(ports: SincePorts, heardAt?: number): Promise<Mark> {
  const mark = await firstMark(ports, heardAt);
  return { ...mark, since: Math.max(mark.since, recordsSince(ports.clock.now())) };
}

/** What was written before has no record any more, whatever became of it. In milliseconds since the epoch, as `now`. */
export function recordsSince(now: number): number {
  return now - LIFETIMES.record * 86_400_000;
}

/** Kept from the first time that anybody asks: without this mark the bot would answer everybody's past. */
async function firstMark(ports: SincePorts, heardAt: number | undefined): Promise<Mark> {
  const stored = await ports.store.get<Mark>(SINCE_KEY);
  if (stored) return stored.value;
  // Lists date messages in whole seconds, so with a fraction what is written in this very second would seem older.
  const since = Math.floor((heardAt ?? ports.clock.now()) / 1000) * 1000;
  const value: Mark = { since, ...(heardAt === undefined ? {} : { heard: true }) };
  const item = { key: SINCE_KEY, value, lifetime: 'since' } as const;
  if ((await saveNext(ports, item, undefined, since)) !== undefined) return value;
  return (await ports.store.get<Mark>(SINCE_KEY))?.value ?? value;
}

/**
 * Sets the mark back, by hand: what was written since then and has no record counts as missed. A table that is new, or
 * that was down, knows of nothing before its own first look.
 *
 * @param since milliseconds since the epoch
 * @returns the mark as it was; undefined where there was none
 */
export async function moveMarkBack(ports: SincePorts, since: number): Promise<number | undefined> {
  for (;;) {
    const stored = await ports.store.get<Mark>(SINCE_KEY);
    if (stored !== undefined && stored.value.since <= since) return stored.value.since;
    const item = { key: SINCE_KEY, value: { since }, lifetime: 'since' } as const;
    if ((await saveNext(ports, item, stored?.version)) !== undefined) return stored?.value.since;
  }
}

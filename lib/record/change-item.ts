import type { Clock, Key, Store } from '../ports.ts';
import { ItemBusyError } from './item-busy-error.ts';
import { type Lifetime, saveNext } from './keys.ts';

export interface ChangePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
}

const TRIES = 10;

/**
 * Changes an item as it is at that moment, over the version that was read: what others write in between is kept.
 * @param change the next value; given undefined where there is no item, and nothing is written where it returns that
 * @returns what stands there now
 * @throws ItemBusyError when somebody else wrote first ten times
 */
export async function changeItem<T>(
  ports: ChangePorts,
  key: Key,
  lifetime: Lifetime,
  change: (value: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const stored = await ports.store.get<T>(key);
    const value = change(stored?.value);
    if (value === undefined) return stored?.value;
    if ((await saveNext(ports, { key, value, lifetime }, stored?.version)) !== undefined) return value;
  }
  throw new ItemBusyError(key.pk, key.sk, TRIES);
}

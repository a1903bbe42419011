import type { ItemsOf, Key, KeysOf, Store, Versioned } from '../../lib/ports.ts';
import { LOOKS_KEY, SINCE_KEY } from '../../lib/record/keys.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';

/** What commands go by in an item, by the kind of each field: what is more than that, another version may have written. */
type Shape = Readonly<Record<string, 'number' | 'string' | 'list' | 'object'>>;

const CONVERSATION: Shape = { v: 'number', accounted: 'number', own: 'list', mutedUntil: 'number' };
const RECORD: Shape = { eventType: 'string', receivedAt: 'number', parts: 'list' };
const FINISHED: Shape = { outcome: 'string', at: 'number' };
const TRIES: Shape = { failures: 'number', deaths: 'number' };
const AUDIT: Shape = { at: 'number', command: 'string', what: 'list' };
const MARK: Shape = { since: 'number' };
const LOOKS: Shape = { lookedAt: 'number', deployedAt: 'number', services: 'object' };

/**
 * Whether commands can go by what stands there. Something else may have been written by hand, or by another program. The
 * stop button is read by its own rule (lib/record/mode.ts): whatever it says, it can be set again.
 */
export function isReadable({ pk, sk }: Key, value: unknown): boolean {
  if (sk === 'conversation') return fits(value, CONVERSATION);
  if (sk.startsWith('tries|')) return fits(value, TRIES);
  if (/^CH\w+$/.test(pk) && /^on\w+\|/.test(sk)) {
    const { finished } = Object(value) as { readonly finished?: unknown };
    return fits(value, RECORD) && (finished === undefined || fits(finished, FINISHED));
  }
  if (pk === 'audit') return fits(value, AUDIT);
  if (pk === SINCE_KEY.pk && sk === SINCE_KEY.sk) return fits(value, MARK);
  if (pk === LOOKS_KEY.pk && sk === LOOKS_KEY.sk) return fits(value, LOOKS);
  return true;
}

/** @throws CommandError where commands cannot go by what stands there */
export function checkItem<T>(key: Key, item: Versioned<T> | undefined): Versioned<T> | undefined {
  if (item === undefined || isReadable(key, item.value)) return item;
  throw new CommandError(
    FAILED,
    `The item ${key.pk} ${key.sk} of the table holds what this version of parley cannot read. Put it back from a backup, remove it, or use the version that wrote it.`,
  );
}

/** Reads only what commands can go by; a list gives everything, for whoever looks at each. */
export function withReadableItems<T extends Store>(table: T): T {
  return {
    ...table,
    get: async <V>(key: Key) => checkItem(key, await table.get<V>(key)),
    getAll: async <V extends readonly unknown[]>(keys: KeysOf<V>): Promise<ItemsOf<V>> => {
      const items = await table.getAll<V>(keys);
      for (const [at, key] of keys.entries()) checkItem(key, items[at]);
      return items;
    },
  };
}

function fits(value: unknown, shape: Shape): boolean {
  const fields = Object(value) as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(([name, kind]) => kindOf(fields[name]) === kind);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : 'none';
  return value === null ? 'none' : typeof value;
}

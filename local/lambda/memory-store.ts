import type { Clock, ItemsOf, Key, KeysOf, Store, Versioned } from '../../lib/ports.ts';

/** One thing stored, and under which key. */
export type StoredItem = readonly [Key, Versioned<unknown>];

export interface MemoryStore extends Store {
  /** Everything stored, expired items too, for looking at in tests, and for saving. */
  items(): readonly StoredItem[];
}

export interface MemoryStoreOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** What is there from the beginning, as `items` gave it. */
  readonly items?: readonly StoredItem[];
}

interface Row {
  readonly key: Key;
  readonly version: number;
  readonly expiresAt: number;
  /** JSON, as in DynamoDB: nobody can change what is stored through an object they kept. */
  readonly data: string;
}

/** The Store port with DynamoDB's semantics; see lib/aws/store.ts. */
export function createMemoryStore({ clock, items = [] }: MemoryStoreOptions): MemoryStore {
  const rows = new Map<string, Row>();
  /** Where each row is, so that listing one partition does not go through all. */
  const partitions = new Map<string, Set<string>>();
  const rowKey = ({ pk, sk }: Key) => JSON.stringify([pk, sk]);
  const read = (row: Row): Versioned<unknown> => ({
    version: row.version,
    expiresAt: row.expiresAt,
    value: JSON.parse(row.data),
  });
  const liveAt = (at: string): Row | undefined => {
    const row = rows.get(at);
    return row === undefined || row.expiresAt * 1000 <= clock.now() ? undefined : row;
  };
  const live = (key: Key) => liveAt(rowKey(key));
  const partition = (pk: string): Set<string> => {
    const known = partitions.get(pk) ?? new Set();
    partitions.set(pk, known);
    return known;
  };
  const keep = (key: Key, { version, expiresAt, value }: Versioned<unknown>) => {
    rows.set(rowKey(key), { key, version, expiresAt, data: JSON.stringify(value) });
    partition(key.pk).add(rowKey(key));
  };
  for (const [key, item] of items) keep(key, item);
  const find = (key: Key): Versioned<unknown> | undefined => {
    const row = live(key);
    return row && read(row);
  };

  return {
    get: async <T>(key: Key) => find(key) as Versioned<T> | undefined,
    getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) => keys.map(find) as unknown as ItemsOf<T>,
    put: async (key, item, expected) => {
      if (live(key)?.version !== expected) return false;
      keep(key, item);
      return true;
    },
    list: async <T>(pk: string, limit: number, after = '') =>
      [...(partitions.get(pk) ?? [])]
        .flatMap((at) => liveAt(at) ?? [])
        .filter(({ key }) => key.sk > after)
        .sort((a, b) => (a.key.sk < b.key.sk ? -1 : 1))
        .slice(0, limit)
        .map((row) => [row.key, read(row) as Versioned<T>] as const),
    remove: async (key, expected) => {
      if (live(key)?.version !== expected) return;
      rows.delete(rowKey(key));
      partition(key.pk).delete(rowKey(key));
    },
    items: () => [...rows.values()].map((row) => [row.key, read(row)] as const),
  };
}

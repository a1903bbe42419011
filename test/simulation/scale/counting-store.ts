import type { Key, KeysOf, Store, Versioned } from '../../../lib/ports.ts';

/** What DynamoDB was asked for, in its units: 4 KB of a consistent read, 1 KB of a write, each begun. */
export interface Usage extends Record<string, number> {
  reads: number;
  readUnits: number;
  writes: number;
  writeUnits: number;
}

const KB = 1024;

/** Passes everything on and counts it, after as long as DynamoDB takes. */
export function countingStore(store: Store, usage: Usage, wait: () => Promise<void>): Store {
  const read = (bytes: number) => {
    usage.reads += 1;
    usage.readUnits += Math.max(1, Math.ceil(bytes / (4 * KB)));
  };
  const write = (bytes: number) => {
    usage.writes += 1;
    usage.writeUnits += Math.max(1, Math.ceil(bytes / KB));
  };
  return {
    get: async <T>(key: Key) => {
      await wait();
      const item = await store.get<T>(key);
      read(sizeOf(key, item));
      return item;
    },
    getAll: async <T extends readonly unknown[]>(keys: KeysOf<T>) => {
      await wait();
      const items = await store.getAll<T>(keys);
      for (const [at, key] of keys.entries()) read(sizeOf(key, items[at]));
      return items;
    },
    put: async (key, item, expected) => {
      await wait();
      write(sizeOf(key, item));
      return store.put(key, item, expected);
    },
    list: async <T>(pk: string, limit: number, after?: string) => {
      await wait();
      const items = await store.list<T>(pk, limit, after);
      read(items.reduce((sum, [key, item]) => sum + sizeOf(key, item), 0));
      return items;
    },
    remove: async (key, expected) => {
      await wait();
      write(0);
      await store.remove(key, expected);
    },
  };
}

/** Of the attributes that lib/aws/store.ts writes: names, keys, version, expiry, data, and the writer's 40 characters. */
function sizeOf({ pk, sk }: Key, item: Versioned<unknown> | undefined): number {
  if (item === undefined) return 0;
  return 90 + pk.length + sk.length + JSON.stringify(item.value).length;
}

import type { Store } from '../ports.ts';

export interface WatchedTable {
  readonly store: Store;
  /** Whether it was the table that failed: then nothing can be recorded of the event, and nothing is its own fault. */
  readonly failedWith: (error: unknown) => boolean;
}

export function watchTable(store: Store): WatchedTable {
  const failures = new WeakSet<object>();
  const watched = async <T>(calling: Promise<T>): Promise<T> => {
    try {
      return await calling;
    } catch (error) {
      failures.add(Object(error));
      throw error;
    }
  };
  return {
    store: {
      get: (key) => watched(store.get(key)),
      getAll: (keys) => watched(store.getAll(keys)),
      put: (key, item, expected) => watched(store.put(key, item, expected)),
      list: (pk, limit, after) => watched(store.list(pk, limit, after)),
      remove: (key, expected) => watched(store.remove(key, expected)),
    },
    failedWith: (error) => failures.has(Object(error)),
  };
}

import type { Clock, Key, Store, Versioned } from '../../lib/ports.ts';
import { createMemoryStore, type MemoryStore } from '../../local/lambda/memory-store.ts';
import { ownedTable } from '../../local/lambda/owned-table.ts';
import { ENVIRONMENT } from './account.ts';
import type { Version } from './world.ts';

/** A table as the judge sees it: as it truly is at this moment. */
export interface SimulatedTable extends MemoryStore {
  /** The table as a process of this version finds it that starts now, and keeps it, whatever becomes of it. */
  open(version: Version): Store;
  /** Whether everything that was ever written is in it, or has been written over or expired since. */
  readonly whole: boolean;
}

export function memoryTable(clock: Pick<Clock, 'now'>): SimulatedTable {
  const store = createMemoryStore({ clock, items: ownedTable(ENVIRONMENT.TABLE_NAME) });
  return { ...store, open: () => store, whole: true };
}

/** A table that may be lost, or set back: at AWS a new one then, which only what is deployed afterwards works with. */
export interface MortalTable extends SimulatedTable {
  /** What is in it now, for `replace`. */
  backUp(): Rows;
  /** A new table takes its place, with these rows. */
  replace(rows: Rows): Promise<void>;
  /** The table whose place was taken. */
  readonly former: SimulatedTable | undefined;
}

export type Rows = readonly (readonly [Key, Versioned<unknown>])[];

export function mortalTable(clock: Pick<Clock, 'now'>): MortalTable {
  let present = createMemoryStore({ clock, items: ownedTable(ENVIRONMENT.TABLE_NAME) });
  let former: SimulatedTable | undefined;
  return {
    get: (key) => present.get(key),
    getAll: (keys) => present.getAll(keys),
    put: (key, item, expected) => present.put(key, item, expected),
    list: (pk, limit, after) => present.list(pk, limit, after),
    remove: (key, expected) => present.remove(key, expected),
    items: () => present.items(),
    open: () => present,
    get whole() {
      return former === undefined;
    },
    get former() {
      return former;
    },
    backUp: () => present.items(),
    replace: async (rows) => {
      const next = createMemoryStore({ clock });
      for (const [key, item] of rows) await next.put(key, item, undefined);
      const before = present;
      former = { ...before, open: () => before, whole: true };
      present = next;
    },
  };
}

import type { Clock, Store } from '../../lib/ports.ts';
import { createMemoryStore, type MemoryStore, type StoredItem } from '../../local/lambda/memory-store.ts';
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

/** @param rows what is in it at first. @default what stands in a table that has long been ours */
export type OpenTable = (clock: Clock, rows?: Rows) => SimulatedTable;

export type Rows = readonly StoredItem[];

export function memoryTable(
  clock: Pick<Clock, 'now'>,
  rows: Rows = ownedTable(ENVIRONMENT.TABLE_NAME),
): SimulatedTable {
  const store = createMemoryStore({ clock, items: rows });
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

export function mortalTable(clock: Clock, open: OpenTable = memoryTable): MortalTable {
  let present = open(clock);
  let former: SimulatedTable | undefined;
  return {
    get: (key) => present.get(key),
    getAll: (keys) => present.getAll(keys),
    put: (key, item, expected) => present.put(key, item, expected),
    list: (pk, limit, after) => present.list(pk, limit, after),
    remove: (key, expected) => present.remove(key, expected),
    items: () => present.items(),
    open: (version) => present.open(version),
    get whole() {
      return former === undefined;
    },
    get former() {
      return former;
    },
    backUp: () => present.items(),
    replace: async (rows) => {
      former = present;
      present = open(clock, rows);
    },
  };
}

import type { Clock, Store } from '../../lib/ports.ts';
import { createMemoryStore, type MemoryStore } from '../../local/lambda/memory-store.ts';

/** A table as the judge sees it: as it truly is at this moment. */
export interface SimulatedTable extends MemoryStore {
  /** The table as a process finds it that starts now, and keeps it, whatever becomes of it. */
  open(): Store;
}

export function memoryTable(clock: Pick<Clock, 'now'>): SimulatedTable {
  const store = createMemoryStore({ clock });
  return { ...store, open: () => store };
}

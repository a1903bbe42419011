import type { Clock, Key, Store, Versioned } from '../ports.ts';
import { saveNext, TABLE_KEY } from '../record/keys.ts';

/** Which table this is, and since when it is ours. */
export interface TableMark {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/**
 * Since when the bot works with this very table. What was written before, another table may know the answer of: the one
 * that was lost, or the one whose backup this is, which bears that one's name.
 */
export interface TableAge {
  /** What to read along with whatever is read first; nothing later. */
  keys(): readonly [] | readonly [Key];
  /** @throws what the table throws */
  learn(item: Versioned<TableMark> | undefined): Promise<void>;
  /** Milliseconds since the epoch. */
  since(): number;
}

export interface TableAgePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly tableName: string;
}

export function createTableAge(ports: TableAgePorts): TableAge {
  let mark: TableMark | undefined;

  async function set(stored: Versioned<TableMark> | undefined): Promise<TableMark> {
    if (stored?.value?.name === ports.tableName) return stored.value;
    const value = { name: ports.tableName, since: ports.clock.now() };
    const item = { key: TABLE_KEY, value, lifetime: 'since' } as const;
    if ((await saveNext(ports, item, stored?.version)) !== undefined) return value;
    return set(await ports.store.get<TableMark>(TABLE_KEY));
  }

  return {
    keys: () => (mark === undefined ? [TABLE_KEY] : []),
    learn: async (stored) => {
      mark = await set(stored);
    },
    since: () => mark?.since ?? ports.clock.now(),
  };
}

import { TABLE_KEY } from '../../lib/record/keys.ts';
import type { TableMark } from '../../lib/reply/table-mark.ts';
import type { StoredItem } from './memory-store.ts';

/** What stands in a table that the bot has worked with as long as anybody can tell. */
export function ownedTable(name: string): readonly StoredItem[] {
  const value: TableMark = { name, since: 0 };
  return [[TABLE_KEY, { version: 1, expiresAt: 1e10, value }]];
}

import { describe, expect, it } from 'vitest';
import type { Store } from '../../lib/ports.ts';
import { watchTable } from '../../lib/reply/watch-table.ts';

const KEY = { pk: 'CH1', sk: 'conversation' };

describe('a table that is watched', () => {
  it('answers as it does, and knows its own failures from all others', async () => {
    const own = new Error('table');
    const store = {
      get: async () => ({ version: 1, expiresAt: 2, value: 'v' }),
      getAll: async () => [undefined],
      put: async () => true,
      list: async () => [],
      remove: () => Promise.reject(own),
    } as unknown as Store;
    const watched = watchTable(store);
    expect(await watched.store.get(KEY)).toEqual({ version: 1, expiresAt: 2, value: 'v' });
    expect(await watched.store.getAll([KEY])).toEqual([undefined]);
    expect(await watched.store.put(KEY, { version: 1, expiresAt: 2, value: 'v' }, undefined)).toBe(true);
    expect(await watched.store.list('CH1', 1)).toEqual([]);
    await expect(watched.store.remove(KEY, 1)).rejects.toBe(own);
    expect([own, new Error('table'), 'table', undefined].map(watched.failedWith)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

import { expect, it } from 'vitest';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from './manual-clock.ts';

it('the memory store shows everything it holds, expired items too', async () => {
  const clock = manualClock();
  const store = createMemoryStore({ clock });
  const expiresAt = clock.now() / 1000 + 1;
  await store.put({ pk: 'a', sk: '1' }, { version: 1, expiresAt, value: 'x' }, undefined);
  clock.advance(10_000);
  expect(store.items()).toEqual([
    [
      { pk: 'a', sk: '1' },
      { version: 1, expiresAt, value: 'x' },
    ],
  ]);
});

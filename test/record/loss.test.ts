import { expect, it } from 'vitest';
import { lossKey } from '../../lib/record/keys.ts';
import { isClosed, markLoss } from '../../lib/record/loss.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';

it('a loss leaves one sign a minute and reason', async () => {
  const clock = manualClock(Date.parse('2026-11-20T23:15:00Z'));
  const store = createMemoryStore({ clock });
  for (const reason of ['queue', 'queue', 'table']) await markLoss({ clock, store }, reason);
  expect(store.items().map(([key]) => key)).toEqual([
    { pk: 'loss', sk: '2026-11-20T23:15|queue' },
    { pk: 'loss', sk: '2026-11-20T23:15|table' },
  ]);
});

it('a sign is closed two seconds after its minute, since clocks differ', () => {
  const at = Date.parse('2026-11-20T23:15:10Z');
  const over = Date.parse('2026-11-20T23:16:02Z');
  const key = lossKey(at, 'queue');
  expect([at, over - 1, over].map((now) => isClosed(key, now))).toEqual([false, false, true]);
});

import { describe, expect, it } from 'vitest';
import { hourOf, markActive, recentlyActive } from '../../lib/record/active.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-20T23:30:00Z');

function scene() {
  const clock = manualClock(START);
  const store = createMemoryStore({ clock });
  const ports = { clock, store };
  const mark = (conversationSid: string, serviceSid = 'IS1') =>
    markActive(ports, { serviceSid, conversationSid }, clock.now());
  return { clock, store, mark, active: (serviceSid = 'IS1') => recentlyActive(ports, serviceSid) };
}

describe('active conversations', () => {
  it('are kept by the hour', () => {
    expect(hourOf(START)).toBe('2026-11-20T23');
  });

  it('are one item a conversation and hour, which outlives a day', async () => {
    const { store, mark, clock } = scene();
    await mark('CH1');
    clock.advance(HOUR / 4);
    await mark('CH1');
    const key = { pk: 'active|IS1|2026-11-20T23', sk: 'CH1' };
    const expiresAt = START / 1000 + 25 * 3_600;
    expect(store.items()).toEqual([[key, { version: 1, expiresAt, value: {} }]]);
  });

  it('are those of the service, each once, however often it was marked', async () => {
    const { mark, active, clock } = scene();
    await mark('CH2');
    await mark('CH9', 'IS9');
    clock.advance(HOUR);
    await mark('CH1');
    await mark('CH2');
    expect(await active()).toEqual(['CH1', 'CH2']);
    expect(await active('IS9')).toEqual(['CH9']);
  });

  it('are those of the last 24 hours and the rest of the hour before', async () => {
    const { mark, active, clock } = scene();
    await mark('CH1');
    clock.advance(24 * HOUR);
    expect(await active()).toEqual(['CH1']);
    clock.advance(HOUR);
    expect(await active()).toEqual([]);
  });

  it('are looked for in 25 hours, one page of each', async () => {
    const asked: (readonly [pk: string, limit: number])[] = [];
    const list = async (pk: string, limit: number) => {
      asked.push([pk, limit]);
      return [];
    };
    await recentlyActive({ store: { list }, clock: { now: () => START } }, 'IS1');
    expect(asked).toHaveLength(25);
    expect(asked[0]).toEqual(['active|IS1|2026-11-20T23', 5_000]);
    expect(asked[24]).toEqual(['active|IS1|2026-11-19T23', 5_000]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  hourOf,
  markActive,
  markedByTheHour,
  markedIn,
  markRefused,
  quarterOf,
  timeOf,
} from '../../lib/record/active.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T23:34:00Z');

function scene() {
  const clock = manualClock(START);
  const store = createMemoryStore({ clock });
  const cuts: string[] = [];
  const ports = { clock, store, onCut: () => cuts.push('cut') };
  const mark = (conversationSid: string, serviceSid = 'IS1') =>
    markActive(ports, { serviceSid, conversationSid }, clock.now());
  return {
    clock,
    store,
    cuts,
    ports,
    mark,
    marked: (quarters: readonly string[], serviceSid = 'IS1') => markedIn(ports, serviceSid, quarters),
  };
}

describe('active conversations', () => {
  it('are kept by the quarter of an hour', () => {
    expect([START, START + 10 * MINUTE, START + 11 * MINUTE].map(quarterOf)).toEqual([
      '2026-11-20T23:30',
      '2026-11-20T23:30',
      '2026-11-20T23:45',
    ]);
  });

  it('are one item a conversation and quarter, which outlives the last look by a day', async () => {
    const { store, mark, clock } = scene();
    await mark('CH1');
    clock.advance(10 * MINUTE);
    await mark('CH1');
    const key = { pk: 'active|IS1|2026-11-20T23:30|1', sk: 'CH1' };
    const expiresAt = START / 1000 + 48 * 3_600;
    expect(store.items()).toEqual([[key, { version: 1, expiresAt, value: { at: START } }]]);
  });

  it('lie in sixteen partitions by the last digit of their SID', async () => {
    const { store, mark } = scene();
    for (const sid of ['CHa', 'CHF', 'CH0', 'CHx']) await mark(sid);
    const partitions = store.items().map(([{ pk }]) => pk.slice(pk.lastIndexOf('|')));
    expect(partitions).toEqual(['|a', '|f', '|0', '|0']);
  });

  it('are those of the service and the quarters that were asked for, with when they were marked', async () => {
    const { mark, marked, clock } = scene();
    await mark('CH2');
    await mark('CH9', 'IS9');
    clock.advance(15 * MINUTE);
    await mark('CH1');
    await mark('CH2');
    const at = START + 15 * MINUTE;
    const quarters = ['2026-11-20T23:45', '2026-11-20T23:30'];
    expect(await marked(quarters)).toEqual([
      { serviceSid: 'IS1', conversationSid: 'CH1', at },
      { serviceSid: 'IS1', conversationSid: 'CH2', at },
      { serviceSid: 'IS1', conversationSid: 'CH2', at: START },
    ]);
    expect(await marked(['2026-11-20T23:15'])).toEqual([]);
    expect(await marked(quarters, 'IS9')).toHaveLength(1);
  });

  it('are marked as refused where they were marked as active, once, and where they were not', async () => {
    const { mark, marked, ports, store } = scene();
    await mark('CH1');
    const refused = { serviceSid: 'IS1', isRefused: true };
    for (const conversationSid of ['CH1', 'CH2', 'CH2'])
      await markRefused(ports, { serviceSid: 'IS1', conversationSid }, START - MINUTE);
    expect(await marked(['2026-11-20T23:30'])).toEqual([
      { ...refused, conversationSid: 'CH1', at: START },
      { ...refused, conversationSid: 'CH2', at: START - MINUTE },
    ]);
    expect(store.items().map(([, { expiresAt }]) => expiresAt)).toEqual(
      [-MINUTE, -MINUTE].map((ms) => (START + ms) / 1_000 + 48 * 3_600),
    );
  });

  it.each([[null], [{}], [{ at: 'noon' }], [{ at: Number.POSITIVE_INFINITY }]])(
    'are dated by their quarter where somebody damaged the item: %j',
    async (value) => {
      const { store, marked } = scene();
      const pk = 'active|IS1|2026-11-20T23:30|1';
      await store.put({ pk, sk: 'CH1' }, { version: 1, expiresAt: START, value }, undefined);
      const at = Date.parse('2026-11-20T23:30:00Z');
      expect(await marked(['2026-11-20T23:30'])).toEqual([{ serviceSid: 'IS1', conversationSid: 'CH1', at }]);
    },
  );

  it('have a time that is a number of milliseconds, and none else', () => {
    expect([0, START].map(timeOf)).toEqual([0, START]);
    const others = [undefined, null, '5', Number.NaN, Number.POSITIVE_INFINITY, [5]];
    expect(others.map(timeOf)).toEqual(others.map(() => undefined));
  });

  // Five thousand of an hour were read, always the same, and nobody was told of the others.
  it('are not cut in silence', async () => {
    const { ports, cuts } = scene();
    const full = (limit: number) =>
      Array.from({ length: limit }, () => [{ pk: '', sk: 'CH' }, { value: {} }]);
    const list = async (pk: string, limit: number) => (pk.endsWith('|3') ? full(limit) : []) as never;
    const marked = await markedIn({ ...ports, store: { list } }, 'IS1', ['2026-11-20T23:30']);
    expect(marked).toHaveLength(10_000);
    expect(cuts).toEqual(['cut']);
  });

  it('may have been marked by the version before, which kept the hour alone', async () => {
    const { store, ports, clock } = scene();
    const item = { version: 1, expiresAt: START, value: {} };
    await store.put({ pk: 'active|IS1|2026-11-20T22', sk: 'CH1' }, item, undefined);
    await store.put({ pk: 'active|IS1|2026-11-20T23', sk: 'CH2' }, item, undefined);
    expect(await markedByTheHour(ports, 'IS1', [START, START - 60 * MINUTE].map(hourOf))).toEqual([
      { serviceSid: 'IS1', conversationSid: 'CH2', at: clock.now() },
      { serviceSid: 'IS1', conversationSid: 'CH1', at: Date.parse('2026-11-20T23:00:00Z') },
    ]);
  });
});

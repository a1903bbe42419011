import { describe, expect, it } from 'vitest';
import { sweepSpool } from '../../lib/queue/sweep-spool.ts';
import { OLD_SPOOL } from '../../lib/record/keys.ts';
import { events, NEIGHBOURS, neighbours, numbered, numberOf, range, SQS, scene } from './spool-scene.ts';

describe('what the queue refuses', () => {
  it('stays where it is, with the reason in the count, how often, and its last day', async () => {
    const { fill, hooks, sweep, sent, waiting, counted, store } = scene();
    await fill(neighbours(8));
    const before = store.items();
    hooks.takes = (message) => numberOf(message) > 3;
    expect(await sweep()).toBe(4);
    expect(sent.map(numberOf)).toEqual([4, 5, 6, 7]);
    expect((await waiting()).map(numberOf)).toEqual([0, 1, 2, 3]);
    expect(store.items()).toEqual(before.slice(0, 4).map(([key, item]) => [key, { ...item, version: 2 }]));
    expect(counted('event_stays_spooled').map(({ reason }) => reason)).toEqual(Array(4).fill(SQS.code));
  });

  // The five that were refused stood first each time, and the sweep gave up after five.
  it.each([5, 9, 10, 25, 60])(
    'holds up no other conversation for more than some minutes: %d events',
    async (count) => {
      const { fill, hooks, sweepNext, sent } = scene();
      await fill([
        ...events(count),
        ...neighbours(20).map((one, n) => ({ ...one, ...numbered(1_000 + n, one.groupId) })),
      ]);
      hooks.takes = (message) => numberOf(message) >= 1_000;
      for (let minute = 0; minute < 2; minute += 1) await sweepNext();
      expect(sent).toHaveLength(20);
    },
  );

  it.each([9, 10, 25, 99, 100, 101, 250])(
    'in many conversations holds up no other for more than a minute for each five: %d events',
    async (count) => {
      const { fill, hooks, sweepNext, sent } = scene();
      await fill(neighbours(count + 20));
      hooks.takes = (message) => numberOf(message) >= count;
      for (let minute = 0; minute < count / 5; minute += 1) await sweepNext();
      expect(sent.map(numberOf)).toEqual(range(20, count));
    },
  );

  // Cause: when the first was refused for the fifth time, nine more of its conversation were, and the sweep gave up.
  it.each([
    [1, 9],
    [1, 10],
    [1, 25],
    [1, 250],
    [12, 12],
  ])(
    'of %d conversations holds up none that comes later, however often it was refused: %d events of each',
    async (conversations, count) => {
      const { fill, hooks, sweepNext, sent } = scene();
      const odds = range(conversations).flatMap((at) => range(count).map((n) => numbered(n, NEIGHBOURS[at])));
      await fill(odds);
      for (let minute = 0; minute < 60; minute += 1) await sweepNext();
      await fill(neighbours(20, 1_000));
      hooks.takes = (message) => numberOf(message) >= 1_000;
      await sweepNext();
      expect(sent.map(numberOf)).toEqual(range(20, 1_000));
    },
  );

  // Cause: no more than the first 1,600 of a partition were read.
  it('is never so much that those behind are not read', async () => {
    const { fill, hooks, sweepNext, sent } = scene();
    await fill(neighbours(1_650));
    for (let minute = 0; minute < 190; minute += 1) await sweepNext();
    await fill([numbered(2_000, 'CH1')]);
    hooks.takes = (message) => numberOf(message) === 2_000;
    await sweepNext();
    expect(sent.map(numberOf)).toEqual([2_000]);
    hooks.takes = () => true;
    for (let minute = 0; minute < 2; minute += 1) await sweepNext();
    expect(sent).toHaveLength(1_651);
  });

  it.each([5, 9, 10, 25])('does not hold up its own conversation for ever: %d events', async (count) => {
    const { fill, hooks, sweepNext, sent, waiting } = scene();
    await fill(events(count + 3));
    hooks.takes = (message) => numberOf(message) >= count;
    for (let minute = 0; minute < 15; minute += 1) await sweepNext();
    expect(sent.map(numberOf)).toEqual(range(3, count));
    expect(await waiting()).toHaveLength(count);
  });

  it('of the version before stays where this one looks', async () => {
    const { fillOld, hooks, sweep, sweepNext, sent, keys } = scene();
    for (const n of range(12)) await fillOld(numbered(n, n < 11 ? 'CH1' : 'CH2'));
    await sweep();
    expect(new Set(keys().map(({ pk }) => pk))).toEqual(new Set([OLD_SPOOL]));
    hooks.takes = () => true;
    await sweepNext();
    expect(sent.map(numberOf).toSorted((a, b) => a - b)).toEqual(range(12));
    expect(keys()).toEqual([]);
  });

  it('is all there is: ten in a row, and the queue is left alone until the next minute', async () => {
    const { fill, sweep, sweepNext, counted, waiting } = scene();
    await fill(neighbours(30));
    expect(await sweep()).toBe(0);
    expect(counted('event_stays_spooled')).toHaveLength(10);
    await sweepNext();
    expect(counted('event_stays_spooled')).toHaveLength(20);
    expect(await waiting()).toHaveLength(30);
  });

  it('is not ten in a row when the queue takes something in between', async () => {
    const { fill, hooks, sweep, sent } = scene();
    await fill(neighbours(60));
    hooks.takes = (message) => numberOf(message) % 5 === 4;
    expect(await sweep()).toBe(12);
    expect(sent.map(numberOf).at(-1)).toBe(59);
  });

  it('is tried once a sweep, however many pages there are', async () => {
    const { fill, hooks, sweep, sent, counted, waiting } = scene();
    await fill(neighbours(250));
    hooks.takes = (message) => numberOf(message) !== 100;
    await sweep();
    expect(counted('event_stays_spooled')).toHaveLength(1);
    expect(sent).toHaveLength(249);
    expect((await waiting()).map(numberOf)).toEqual([100]);
    hooks.takes = () => true;
    expect(await sweep()).toBe(1);
  });

  it('is not lost under a clock that stands still', async () => {
    const { store, send, hooks, sweep, sent } = scene();
    for (const message of events(15)) await send(message);
    for (let minute = 0; minute < 5; minute += 1) await sweep();
    expect(store.items()).toHaveLength(15);
    hooks.takes = () => true;
    expect(await sweep()).toBe(15);
    expect(sent.map(numberOf).toSorted((a, b) => a - b)).toEqual(range(15));
  });

  // Two copies became four, and so on: a hundred events were three thousand after half an hour.
  it('does not grow in number where two sweep at once', async () => {
    const { fill, ports, clock, store } = scene();
    await fill([...events(50), ...neighbours(50, 100)]);
    const send = async () => {
      await new Promise(setImmediate);
      throw SQS;
    };
    for (let minute = 0; minute < 30; minute += 1) {
      clock.advance(60_000);
      const first = sweepSpool({ ...ports, queue: { send } });
      await new Promise(setImmediate);
      await Promise.all([first, sweepSpool({ ...ports, queue: { send } })]);
    }
    expect(store.items()).toHaveLength(100);
  });
});

// Those behind the first hundred stayed in front while these went behind, and overtook them a minute later.
describe('a conversation’s events', () => {
  it.each([9, 10, 11, 40, 99, 100, 101, 150, 1_000])(
    'come in their order after some minutes without the queue: %d events',
    async (count) => {
      const { fill, hooks, sweepNext, sent } = scene();
      await fill(events(count).toReversed());
      for (let minute = 0; minute < 3; minute += 1) await sweepNext();
      hooks.takes = () => true;
      await sweepNext();
      expect(sent.map(numberOf)).toEqual(range(count).toReversed());
    },
  );

  it.each([1, 4, 5, 60])('come in their order after %d minutes without it, among others', async (minutes) => {
    const { fill, hooks, sweepNext, sent } = scene();
    await fill([numbered(0), ...neighbours(250, 100), numbered(1)]);
    for (let minute = 0; minute < minutes; minute += 1) await sweepNext();
    hooks.takes = () => true;
    await sweepNext();
    expect(sent).toHaveLength(252);
    expect(sent.filter(({ groupId }) => groupId === 'CH1').map(numberOf)).toEqual([0, 1]);
  });

  it.each([1, 2, 3])(
    'wait with one of them until the next minute, where %d requests fail',
    async (failing) => {
      const { fill, hooks, sweepNext, sent } = scene();
      await fill([...events(150), ...neighbours(1, 1_000)]);
      let asked = 0;
      hooks.takes = (message) => numberOf(message) === 1_000 || ++asked > failing;
      for (let minute = 0; minute < failing; minute += 1) await sweepNext();
      expect(sent.map(numberOf)).toEqual([1_000]);
      await sweepNext();
      expect(sent.map(numberOf)).toEqual([1_000, ...range(150)]);
    },
  );

  it('stay in order with what comes while the queue is down', async () => {
    const { fill, hooks, clock, sweepNext, sent } = scene();
    for (let minute = 0; minute < 4; minute += 1) {
      await fill([numbered(2 * minute), numbered(2 * minute + 1)]);
      await sweepNext();
      // Writing takes time.
      clock.advance(100);
    }
    hooks.takes = () => true;
    await sweepNext();
    expect(sent.map(numberOf)).toEqual(range(8));
  });
});

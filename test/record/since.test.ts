import { describe, expect, it } from 'vitest';
import { LIFETIMES, SINCE_KEY, saveNext } from '../../lib/record/keys.ts';
import {
  FOR_EVER,
  type Mark,
  type Marks,
  moveMarkBack,
  serviceMark,
  serviceMarks,
} from '../../lib/record/since.ts';
import { createMemoryStore } from '../../local/lambda/memory-store.ts';
import { manualClock } from '../contract/manual-clock.ts';

const [A, B] = [`IS${'a'.repeat(32)}`, `IS${'b'.repeat(32)}`];
const serviceSince = async (ports: Parameters<typeof serviceMark>[0], heardAt?: number) =>
  (await serviceMark(ports, A, heardAt)).since;

describe('the time since which this installation looks', () => {
  it('is set once, by whoever looks first', async () => {
    const clock = manualClock();
    const store = createMemoryStore({ clock });
    const first = await serviceSince({ store, clock });
    clock.advance(3_600_000);
    expect(await serviceSince({ store, clock })).toBe(first);
  });

  it('is the first look of two that come at once', async () => {
    const clock = manualClock();
    const store = createMemoryStore({ clock });
    const looks = await Promise.all([serviceSince({ store, clock }), serviceSince({ store, clock })]);
    expect(new Set(looks).size).toBe(1);
  });

  it('is one’s own where the item that another has set in between is gone again', async () => {
    const clock = manualClock(50_000_000);
    const store = { ...createMemoryStore({ clock }), put: async () => false };
    expect(await serviceSince({ store, clock })).toBe(50_000_000);
  });

  it('begins with a whole second, because dates in lists have no fractions and would all seem older', async () => {
    const clock = manualClock(Date.parse('2026-11-20T12:00:00.700Z'));
    const store = createMemoryStore({ clock });
    expect(await serviceSince({ store, clock })).toBe(Date.parse('2026-11-20T12:00:00Z'));
  });

  it('is when this bot first heard of a message, if that is what made it look', async () => {
    const clock = manualClock(50_000_000);
    const store = createMemoryStore({ clock });
    expect(await serviceSince({ store, clock }, 20_000_000)).toBe(20_000_000);
    expect(await serviceSince({ store, clock })).toBe(20_000_000);
  });

  it('knows whether hearing set it, or a look', async () => {
    const clock = manualClock(50_000_000);
    const heard = createMemoryStore({ clock });
    expect(await serviceMark({ store: heard, clock }, A, 20_000_700)).toEqual({
      since: 20_000_000,
      heard: true,
    });
    expect(await serviceMark({ store: heard, clock }, A)).toEqual({ since: 20_000_000, heard: true });
    const looked = createMemoryStore({ clock });
    expect(await serviceMark({ store: looked, clock }, A)).toEqual({ since: 50_000_000 });
    expect(await serviceMark({ store: looked, clock }, A, 20_000_700)).toEqual({ since: 50_000_000 });
  });

  it('is kept for ten years, but never reaches back beyond what records are kept', async () => {
    const clock = manualClock(1_000_000);
    const store = createMemoryStore({ clock });
    await serviceSince({ store, clock });
    expect(store.items()).toMatchObject([[{}, { expiresAt: 1_000 + 3_650 * 86_400 }]]);
    clock.advance(31 * 86_400_000);
    expect(await serviceSince({ store, clock })).toBe(1_000_000 + 86_400_000);
  });

  it('is the winner’s look where another was quicker', async () => {
    const clock = manualClock(5_000);
    const looks = [undefined, { version: 1, expiresAt: 9_999, value: { since: 3_000 } }];
    const get = async () => looks.shift() as never;
    const store = { ...createMemoryStore({ clock }), get, put: async () => false };
    expect(await serviceSince({ store, clock })).toBe(3_000);
  });

  it('is written no second time', async () => {
    const clock = manualClock();
    const memory = createMemoryStore({ clock });
    await serviceSince({ store: memory, clock });
    const put = () => Promise.reject(new Error('written again'));
    expect(await serviceSince({ store: { ...memory, put }, clock })).toBe(clock.now());
  });
});

describe('the time since which this installation looks, set back by hand', () => {
  const marked = async (since: number) => {
    const clock = manualClock(50_000_000);
    const store = createMemoryStore({ clock });
    const ports = { store, clock };
    await serviceSince(ports, since);
    return { ports, store, clock, mark: async () => (await store.get<Mark>(SINCE_KEY))?.value };
  };

  it('is the earlier one, for as long as the first was kept', async () => {
    const { ports, store, mark } = await marked(20_000_000);
    expect(await moveMarkBack(ports, 10_000_000)).toBe(20_000_000);
    expect(await mark()).toStrictEqual({ since: 10_000_000 });
    expect((await store.get(SINCE_KEY))?.expiresAt).toBe(50_000 + LIFETIMES.since * 86_400);
  });

  it.each([20_000_000, 30_000_000])('is never set later: %d', async (since) => {
    const { ports, store, mark } = await marked(20_000_000);
    const before = await store.get(SINCE_KEY);
    expect(await moveMarkBack(ports, since)).toBe(20_000_000);
    expect(await mark()).toStrictEqual({ since: 20_000_000, heard: true });
    // Nor is anything written.
    expect(await store.get(SINCE_KEY)).toStrictEqual(before);
  });

  it('is set where nobody has looked yet', async () => {
    const clock = manualClock(50_000_000);
    const store = createMemoryStore({ clock });
    expect(await moveMarkBack({ store, clock }, 10_000_000)).toBeUndefined();
    expect((await store.get<Mark>(SINCE_KEY))?.value).toStrictEqual({ since: 10_000_000 });
  });

  it('is left as it is of a service whose own is no later', async () => {
    const { ports, store, mark } = await marked(20_000_000);
    const stored = await store.get<Marks>(SINCE_KEY);
    const services = {
      [A]: { since: 10_000_000, heard: true },
      [B]: { since: 20_000_000, heard: true },
    } as const;
    const value = { ...(await mark()), services };
    await saveNext(ports, { key: SINCE_KEY, value, lifetime: 'since' }, stored?.version);
    expect(await moveMarkBack(ports, 10_000_000)).toBe(20_000_000);
    expect((await store.get<Marks>(SINCE_KEY))?.value.services).toStrictEqual({
      [A]: { since: 10_000_000, heard: true },
      [B]: { since: 10_000_000 },
    });
  });

  it('is set although somebody else sets it at the same moment', async () => {
    const { ports, store, clock, mark } = await marked(20_000_000);
    let others = 1;
    const busy = {
      ...store,
      put: async (...put: Parameters<typeof store.put>) => {
        others -= 1;
        if (others === 0) await moveMarkBack(ports, 15_000_000);
        return store.put(...put);
      },
    };
    expect(await moveMarkBack({ store: busy, clock }, 10_000_000)).toBe(15_000_000);
    expect(await mark()).toStrictEqual({ since: 10_000_000 });
  });
});

describe('the time since which this installation looks at each service', () => {
  const start = () => {
    const clock = manualClock(50_000_000);
    const store = createMemoryStore({ clock });
    const ports = { clock, store };
    const looked = (serviceSids: readonly string[], othersUntil = {}, lookedAt = clock.now()) =>
      serviceMarks(ports, serviceSids, { lookedAt, othersUntil });
    return { clock, store, ports, looked };
  };

  it('is the look before it was added, and until the first at it another bot may have answered', async () => {
    const { clock, ports, looked } = start();
    await looked([A]);
    clock.advance(10_000);
    // Nobody has looked at it yet: heard of is heard of.
    expect(await serviceMark(ports, B, 50_009_000)).toEqual({ since: 50_009_000, heard: true });
    const markOf = await looked([A, B], {}, 50_000_900);
    const added = { since: 50_000_000, othersUntil: 50_010_000 };
    expect([markOf(A), markOf(B)]).toEqual([{ since: 50_000_000 }, added]);
    clock.advance(10_000);
    expect((await looked([B]))(B)).toEqual(added);
    expect(await serviceMark(ports, B, 50_019_000)).toEqual(added);
    expect(await serviceMark(ports, A)).toEqual({ since: 50_000_000 });
  });

  it('is the one mark that the version before kept, for all services that there are', async () => {
    const { clock, store, ports, looked } = start();
    const value = { since: 20_000_000, heard: true };
    await saveNext(ports, { key: SINCE_KEY, value, lifetime: 'since' }, undefined);
    expect(await serviceMark(ports, A)).toEqual(value);
    const markOf = await looked([A, B]);
    expect([markOf(A), markOf(B)]).toEqual([value, value]);
    // Which goes on with it, after a rollback.
    expect((await store.get<Mark>(SINCE_KEY))?.value).toMatchObject(value);
    clock.advance(10_000);
    expect((await looked([A, B]))(B)).toEqual(value);
  });

  it('keeps until when another bot was called, and is written only where something is new', async () => {
    const { clock, store, looked } = start();
    await looked([A, B], { [B]: 51_000_000 });
    const put = () => Promise.reject(new Error('written again'));
    const markOf = await serviceMarks({ clock, store: { ...store, put } }, [A, B], {
      lookedAt: 0,
      othersUntil: {},
    });
    expect([markOf(A), markOf(B)]).toEqual([
      { since: 50_000_000 },
      { since: 50_000_000, othersUntil: 51_000_000 },
    ]);
  });

  it('keeps that for one that is looked at no more as well', async () => {
    const { clock, looked, ports } = start();
    await looked([A, B]);
    await looked([A], { [B]: 90_000_000 });
    clock.advance(10_000);
    expect(await serviceMark(ports, B)).toEqual({ since: 50_000_000, othersUntil: 90_000_000 });
  });

  it('ends for one that is looked at again, whoever saw first that it was added', async () => {
    const { clock, looked, ports } = start();
    await looked([A, B]);
    await looked([A], { [B]: FOR_EVER });
    clock.advance(10_000);
    expect(await serviceMark(ports, B)).toEqual({ since: 50_000_000, othersUntil: FOR_EVER });
    const ours = { since: 50_000_000, othersUntil: 50_010_000 };
    expect((await looked([A, B]))(B)).toEqual(ours);
    clock.advance(10_000);
    expect(await serviceMark(ports, B)).toEqual(ours);
  });

  it('is read again where somebody else writes at the same moment', async () => {
    const { clock, store, ports } = start();
    let others = 1;
    const busy = {
      ...store,
      put: async (...put: Parameters<typeof store.put>) => {
        others -= 1;
        if (others === 0) await serviceMark(ports, A, 49_000_000);
        return store.put(...put);
      },
    };
    const looked = { lookedAt: 0, othersUntil: {} };
    const markOf = await serviceMarks({ clock, store: busy }, [A], looked);
    expect(markOf(A)).toEqual({ since: 49_000_000, heard: true });
    expect(await serviceMark(ports, A)).toEqual(markOf(A));
  });

  it('is set back by hand for all of them, and not what is known of another bot', async () => {
    const { clock, store, ports, looked } = start();
    await looked([A], { [A]: 51_000_000 });
    clock.advance(10_000);
    await looked([A, B]);
    expect(await moveMarkBack(ports, 50_005_000)).toBe(50_010_000);
    expect((await store.get(SINCE_KEY))?.value).toStrictEqual({
      since: 50_000_000,
      services: {
        [A]: { since: 50_000_000, othersUntil: 51_000_000 },
        [B]: { since: 50_005_000, othersUntil: 50_010_000 },
      },
    });
  });
});

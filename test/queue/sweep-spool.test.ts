import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Key, QueueMessage, Store } from '../../lib/ports.ts';
import { sweepSpool } from '../../lib/queue/sweep-spool.ts';
import { OLD_SPOOL, SPOOLS } from '../../lib/record/keys.ts';
import { events, numbered, numberOf, range, SQS, scene } from './spool-scene.ts';

/** Each in a conversation of its own. */
const strangers = (count: number) => range(count).map((n) => numbered(n, `CH${n}`));

describe('sweeping the spool', () => {
  it('of nothing reads each partition once and brings nothing', async () => {
    const { ports, store } = scene();
    const asked: (readonly [pk: string, limit: number])[] = [];
    const list: Store['list'] = async (pk, limit) => {
      asked.push([pk, limit]);
      return [];
    };
    expect(await sweepSpool({ ...ports, store: { ...store, list } })).toBe(0);
    expect(asked).toEqual([OLD_SPOOL, ...SPOOLS].map((pk) => [pk, 100]));
  });

  it('brings everything to the queue in the order in which it came, page by page, and counts it', async () => {
    const { fill, hooks, sweep, sent, waiting, counted } = scene();
    // Ids go down, so their order is not that of arrival.
    const messages = events(201).toReversed();
    await fill(messages);
    hooks.takes = () => true;
    expect(await sweep()).toBe(201);
    expect(sent).toEqual(messages);
    expect(await waiting()).toEqual([]);
    expect(counted('event_unspooled')).toHaveLength(201);
  });

  it('brings back what many conversations wait for', async () => {
    const { fill, hooks, sweep, sent, waiting } = scene();
    await fill(strangers(300));
    hooks.takes = () => true;
    expect(await sweep()).toBe(300);
    expect(sent.map(numberOf).toSorted((a, b) => a - b)).toEqual(range(300));
    expect(await waiting()).toEqual([]);
  });

  it('brings back what the version before spooled, ahead of what came later', async () => {
    const { fill, fillOld, hooks, sweep, sent, waiting } = scene();
    await fillOld(numbered(1));
    await fill([numbered(2)]);
    await fillOld(numbered(0));
    hooks.takes = () => true;
    expect(await sweep()).toBe(3);
    expect(sent.map(numberOf)).toEqual([0, 1, 2]);
    expect(await waiting()).toEqual([]);
  });

  it('begins nothing without time, and stops when it runs out', async () => {
    const { fill, hooks, sweep, sent, store } = scene();
    await fill(events(5));
    hooks.takes = () => true;
    hooks.hasTime = () => false;
    expect(await sweep()).toBe(0);
    hooks.hasTime = () => sent.length < 3;
    expect(await sweep()).toBe(3);
    expect(sent.map(numberOf)).toEqual([0, 1, 2]);
    expect(store.items()).toHaveLength(2);
  });

  it('removes only the version that it read, only after the queue took it, and comes to it once', async () => {
    const { fill, hooks, ports, store, sent, waiting } = scene();
    await fill(events(1));
    hooks.takes = () => true;
    const removed: (readonly [version: number, sent: number])[] = [];
    const remove = async (_: Key, version: number) => {
      removed.push([version, sent.length]);
    };
    expect(await sweepSpool({ ...ports, store: { ...store, remove } })).toBe(1);
    expect(removed).toEqual([[1, 1]]);
    expect(await waiting()).toEqual(events(1));
  });

  it('counts a partition that cannot be read, and sweeps the others', async () => {
    const { fill, hooks, ports, store, sent, counted } = scene();
    await fill(strangers(50));
    hooks.takes = () => true;
    const list: Store['list'] = (pk, ...given) =>
      pk === SPOOLS[3] || pk === OLD_SPOOL ? Promise.reject(SQS) : store.list(pk, ...given);
    const swept = await sweepSpool({ ...ports, store: { ...store, list } });
    expect(swept).toBe(sent.length);
    expect(swept).toBeGreaterThan(30);
    expect(counted('spool_failed').map(({ reason }) => reason)).toEqual([SQS.code, SQS.code]);
  });

  it('says what it brought back when the table fails after the queue took it', async () => {
    const { fill, hooks, ports, store, waiting, counted } = scene();
    await fill(events(3));
    hooks.takes = () => true;
    const remove = () => Promise.reject(SQS);
    expect(await sweepSpool({ ...ports, store: { ...store, remove } })).toBe(1);
    expect(await waiting()).toHaveLength(3);
    expect(counted('spool_failed')).toHaveLength(1);
  });
});

/** Dies, as a process does, at one of its calls: before or after it took effect. */
function dying(store: Store, at: number) {
  let calls = 0;
  const never = new Promise<never>(() => undefined);
  const call = async <T>(act: () => Promise<T>): Promise<T> => {
    calls += 1;
    if (calls * 2 - 1 === at) return never;
    const result = await act();
    if (calls * 2 === at) return never;
    return result;
  };
  return {
    list: <T>(...given: Parameters<Store['list']>) => call(() => store.list<T>(...given)),
    put: (...given: Parameters<Store['put']>) => call(() => store.put(...given)),
    remove: (...given: Parameters<Store['remove']>) => call(() => store.remove(...given)),
  };
}

describe('a sweep that dies', () => {
  it.each(range(60, 1))('at moment %d of its calls to the table loses nothing', async (at) => {
    const { fill, hooks, ports, store, sent, sweepNext, waiting } = scene();
    await fill([...events(6), ...range(6).map((n) => numbered(100 + n, 'CH2'))]);
    const odd = (message: QueueMessage) => numberOf(message) % 3 === 0;
    hooks.takes = (message) => !odd(message);
    void sweepSpool({ ...ports, store: dying(store, at) });
    await new Promise((resolve) => setImmediate(resolve));
    const there = [...sent, ...(await waiting())];
    expect(new Set(there.map(({ deduplicationId }) => deduplicationId)).size).toBe(12);
    hooks.takes = () => true;
    await sweepNext();
    expect(new Set(sent.map(({ deduplicationId }) => deduplicationId)).size).toBe(12);
    expect(await waiting()).toEqual([]);
  });
});

describe('any sequence of spooling, sweeping and failing', () => {
  it('loses nothing, and brings back everything once the queue takes it again', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('spool'), group: fc.constantFrom('CH1', 'CH2', 'CH3') }),
      fc.record({ kind: fc.constant('sweep'), takes: fc.constantFrom('all', 'none', 'even'), ms: fc.nat(9) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { send, hooks, clock, sweep, sent, waiting } = scene();
        let spooled = 0;
        for (const one of steps) {
          hooks.takes = () => false;
          if ('group' in one) await send(numbered(spooled++, one.group));
          else {
            clock.advance(one.ms);
            hooks.takes = (message) =>
              one.takes === 'all' || (one.takes === 'even' && numberOf(message) % 2 === 0);
            await sweep();
          }
        }
        const there = [...sent, ...(await waiting())].map(numberOf).toSorted((a, b) => a - b);
        expect(there).toEqual(range(spooled));
        hooks.takes = () => true;
        for (let minute = 0; minute < 3; minute += 1) await sweep();
        expect(await waiting()).toEqual([]);
      }),
    );
  });
});

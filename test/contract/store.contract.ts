import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Key, Store } from '../../lib/ports.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

/** What every Store keeps, whatever it stores in. `open` gives one that holds nothing yet. */
export function describeStore(name: string, open: (clock: ManualClock) => Promise<Store>): void {
  describe(`Store: ${name}`, () => {
    let clock: ManualClock;
    let store: Store;
    let count = 0;
    const newKey = (): Key => {
      count += 1;
      return { pk: `conversation-${count}`, sk: 'message' };
    };
    const item = <T>(version: number, value: T, lifeSeconds = 3_600) => ({
      version,
      expiresAt: Math.floor(clock.now() / 1000) + lifeSeconds,
      value,
    });

    beforeAll(async () => {
      clock = manualClock();
      store = await open(clock);
    });

    it('has nothing under a key that was never written', async () => {
      expect(await store.get(newKey())).toBeUndefined();
    });

    it('gives back what was put, value, version and expiry', async () => {
      const key = newKey();
      const written = item(1, { text: 'Grüße 👋🏽 \u0000\uffff "', parts: [1, null, { deep: true }] });
      expect(await store.put(key, written, undefined)).toBe(true);
      expect(await store.get(key)).toEqual(written);
    });

    it('reads several items at once, in the order in which they are asked for', async () => {
      const [one, other] = [newKey(), newKey()];
      await store.put(one, item(1, 'one'), undefined);
      await store.put({ ...other, sk: 'old' }, item(1, 'old', 60), undefined);
      await store.put(other, item(3, { deep: [true] }), undefined);
      clock.advance(60_000);
      const asked = [other, newKey(), { ...other, sk: 'old' }, one];
      expect((await store.getAll(asked)).map((found) => found?.value)).toEqual([
        { deep: [true] },
        undefined,
        undefined,
        'one',
      ]);
      expect(await store.getAll([one, other])).toEqual([await store.get(one), await store.get(other)]);
    });

    it('refuses a second creation and keeps the first', async () => {
      const key = newKey();
      expect(await store.put(key, item(1, 'first'), undefined)).toBe(true);
      expect(await store.put(key, item(1, 'second'), undefined)).toBe(false);
      expect((await store.get(key))?.value).toBe('first');
    });

    it('refuses a creation that equals the one that is there, for the winner must be one', async () => {
      const key = newKey();
      const claim = item(1, { state: 'claimed' });
      expect(await store.put(key, claim, undefined)).toBe(true);
      expect(await store.put(key, claim, undefined)).toBe(false);
    });

    it('replaces the version it was read at and no other', async () => {
      const key = newKey();
      await store.put(key, item(1, 'a'), undefined);
      expect(await store.put(key, item(2, 'b'), 1)).toBe(true);
      expect(await store.put(key, item(2, 'zombie'), 1)).toBe(false);
      expect(await store.put(key, item(4, 'ahead'), 3)).toBe(false);
      expect(await store.get(key)).toEqual(item(2, 'b'));
    });

    it('refuses to replace what is not there', async () => {
      const key = newKey();
      expect(await store.put(key, item(2, 'b'), 1)).toBe(false);
      expect(await store.get(key)).toBeUndefined();
    });

    it('keeps items of one partition apart, and partitions too', async () => {
      const { pk } = newKey();
      await store.put({ pk, sk: 'a' }, item(1, 'a'), undefined);
      await store.put({ pk, sk: 'b' }, item(1, 'b'), undefined);
      expect((await store.get({ pk, sk: 'a' }))?.value).toBe('a');
      expect((await store.get({ pk, sk: 'b' }))?.value).toBe('b');
      expect(await store.get({ pk: `${pk}a`, sk: 'a' })).toBeUndefined();
    });

    it('lists one partition in the order of its keys, as far as asked', async () => {
      const { pk } = newKey();
      for (const sk of ['b', 'c', 'a']) await store.put({ pk, sk }, item(1, sk), undefined);
      await store.put(newKey(), item(1, 'elsewhere'), undefined);
      const read = async (limit: number) =>
        (await store.list(pk, limit)).map(([{ sk }, { value }]) => [sk, value]);
      expect(await read(10)).toEqual([
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'c'],
      ]);
      expect(await read(2)).toEqual([
        ['a', 'a'],
        ['b', 'b'],
      ]);
      expect(await store.list('nowhere', 10)).toEqual([]);
    });

    // DynamoDB counts what has expired, which it may keep for days: a list of nothing would hide what is behind it.
    it('lists as many as asked, whatever has expired in front of them', async () => {
      const { pk } = newKey();
      for (const sk of ['a', 'b', 'c', 'd']) await store.put({ pk, sk }, item(1, sk, 60), undefined);
      clock.advance(60_000);
      for (const sk of ['b2', 'e', 'f']) await store.put({ pk, sk }, item(1, sk), undefined);
      const keys = async (limit: number) => (await store.list(pk, limit)).map(([{ sk }]) => sk);
      expect([await keys(1), await keys(2), await keys(9)]).toEqual([['b2'], ['b2', 'e'], ['b2', 'e', 'f']]);
    });

    // DynamoDB ends a page at a megabyte.
    it('lists as many as asked, however long they are', async () => {
      const { pk } = newKey();
      const sks = ['a', 'b', 'c', 'd', 'e', 'f'];
      for (const sk of sks) await store.put({ pk, sk }, item(1, sk.repeat(260_000)), undefined);
      expect((await store.list<string>(pk, 10)).map(([{ sk }]) => sk)).toEqual(sks);
    });

    it('lists what stands behind a key, which may be gone', async () => {
      const { pk } = newKey();
      for (const sk of ['a', 'b', 'c']) await store.put({ pk, sk }, item(1, sk), undefined);
      const keys = async (limit: number, after: string) =>
        (await store.list(pk, limit, after)).map(([{ sk }]) => sk);
      expect([await keys(1, 'a'), await keys(9, 'a'), await keys(9, 'c')]).toEqual([['b'], ['b', 'c'], []]);
      await store.remove({ pk, sk: 'b' }, 1);
      expect(await keys(9, 'b')).toEqual(['c']);
    });

    it('lists nothing that has expired', async () => {
      const { pk, sk } = newKey();
      await store.put({ pk, sk }, item(1, 'old', 60), undefined);
      clock.advance(60_000);
      expect(await store.list(pk, 10)).toEqual([]);
    });

    it('removes the version it was read at and no other', async () => {
      const key = newKey();
      await store.put(key, item(1, 'a'), undefined);
      await store.put(key, item(2, 'b'), 1);
      await store.remove(key, 1);
      expect((await store.get(key))?.value).toBe('b');
      await store.remove(key, 2);
      expect(await store.get(key)).toBeUndefined();
      await store.remove(key, 2);
    });

    it('takes an expired item for absent, although the database may still hold it', async () => {
      const key = newKey();
      await store.put(key, item(1, 'old', 60), undefined);
      clock.advance(59_999);
      expect((await store.get(key))?.value).toBe('old');
      clock.advance(1);
      expect(await store.get(key)).toBeUndefined();
      expect(await store.put(key, item(2, 'late'), 1)).toBe(false);
      expect(await store.put(key, item(1, 'new'), undefined)).toBe(true);
      expect((await store.get(key))?.value).toBe('new');
    });

    it('lets exactly one of many racing writers win', async () => {
      const key = newKey();
      const created = await Promise.all(
        Array.from({ length: 20 }, (_, writer) => store.put(key, item(1, { writer }), undefined)),
      );
      expect(created.filter(Boolean)).toHaveLength(1);
      expect((await store.get<{ writer: number }>(key))?.value.writer).toBe(created.indexOf(true));
    });

    it('is not changed through an object that somebody kept', async () => {
      const key = newKey();
      const value = { words: ['a'] };
      await store.put(key, item(1, value), undefined);
      value.words.push('b');
      (await store.get<{ words: string[] }>(key))?.value.words.push('c');
      expect((await store.get(key))?.value).toEqual({ words: ['a'] });
    });

    it('agrees with a plain model over any sequence of writes', async () => {
      const write = fc.record({ expected: fc.option(fc.nat(3), { nil: undefined }), value: fc.jsonValue() });
      await fc.assert(
        fc.asyncProperty(fc.array(write, { maxLength: 8 }), async (writes) => {
          const key = newKey();
          let model: { version: number; value: unknown } | undefined;
          for (const { expected, value } of writes) {
            const version = (expected ?? 0) + 1;
            const wins = model?.version === expected;
            expect(await store.put(key, item(version, value), expected)).toBe(wins);
            if (wins) model = { version, value: JSON.parse(JSON.stringify(value)) };
          }
          const stored = await store.get(key);
          expect(stored && { version: stored.version, value: stored.value }).toEqual(model);
        }),
        { numRuns: 40 },
      );
    });
  });
}

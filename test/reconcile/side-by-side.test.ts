import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../lib/reconcile/side-by-side.ts';

const ITEMS = Array.from({ length: 25 }, (_, at) => at);
const always = () => true;

describe('side by side', () => {
  it('each item is done once, in their order', async () => {
    const begun: number[] = [];
    const done = await sideBySide(ITEMS, always, async (item) => {
      begun.push(item);
      return true;
    });
    expect(begun).toEqual(ITEMS);
    expect(done).toBe(25);
  });

  it('ten are under way at once, and the next begins when one of them is over', async () => {
    const ends: (() => void)[] = [];
    const all = sideBySide(ITEMS, always, () => new Promise((resolve) => ends.push(() => resolve(true))));
    expect(ends).toHaveLength(10);
    ends[4]?.();
    await new Promise(setImmediate);
    expect(ends).toHaveLength(11);
    for (const end of ends) end();
    while (ends.length < 25) {
      const before = ends.length;
      await new Promise(setImmediate);
      for (const end of ends.slice(before)) end();
    }
    expect(await all).toBe(25);
  });

  it('nothing is begun any more once there is no time, and what was begun counts', async () => {
    let left = 3;
    const begun: number[] = [];
    const done = await sideBySide(
      ITEMS,
      () => left-- > 0,
      async (item) => {
        begun.push(item);
        return true;
      },
    );
    expect(begun).toEqual([0, 1, 2]);
    expect(done).toBe(3);
  });

  it('an item that is not done does not keep those behind it from being begun', async () => {
    const begun: number[] = [];
    await sideBySide(ITEMS, always, async (item) => {
      begun.push(item);
      return item !== 1;
    });
    expect(begun).toEqual(ITEMS);
  });

  it.each([0, 1, 2, 24])('of which number %i is not done, those in front of it count', async (left) => {
    expect(await sideBySide(ITEMS, always, async (item) => item !== left)).toBe(left);
  });

  it('without items is over at once', async () => {
    const act = () => Promise.reject(new Error('there is nothing to do'));
    expect(await sideBySide([], always, act)).toBe(0);
  });

  it('fails as one of them fails', async () => {
    const failing = sideBySide(ITEMS, always, async (item) => {
      if (item === 7) throw new Error('the seventh');
      return true;
    });
    await expect(failing).rejects.toThrow('the seventh');
  });
});

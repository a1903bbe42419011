import { describe, expect, it } from 'vitest';
import { lazily, lazilyEach } from '../lib/lazily.ts';

describe('what is made lazily', () => {
  it('is made when it is first asked for, and once', () => {
    let times = 0;
    const get = lazily(() => {
      times += 1;
      return undefined;
    });
    expect(times).toBe(0);
    get();
    get();
    expect(times).toBe(1);
  });

  it('by a key is made once for each', () => {
    const made: string[] = [];
    const get = lazilyEach((key: string) => {
      made.push(key);
      return key === '' ? undefined : key.length;
    });
    expect(['de', 'de', 'fr', '', ''].map(get)).toEqual([2, 2, 2, undefined, undefined]);
    expect(made).toEqual(['de', 'fr', '']);
  });

  it('by a key is not kept where making it failed', () => {
    let times = 0;
    const get = lazilyEach((key: string) => {
      times += 1;
      if (times === 1) throw new RangeError(key);
      return times;
    });
    expect(() => get('a')).toThrow(RangeError);
    expect(get('a')).toBe(2);
  });
});

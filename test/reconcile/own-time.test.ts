import { describe, expect, it } from 'vitest';
import { timeOf } from '../../lib/reconcile/own-time.ts';

/** Whether a run of `wholeMs` that has `leftMs` left has used up less than the share. */
function hasTime(wholeMs: number, leftMs: number, share: number): boolean {
  let remaining = wholeMs;
  const goesOn = timeOf(() => remaining);
  remaining = leftMs;
  return goesOn(share);
}

describe('the time of a run', () => {
  it('is over ten seconds before the invocation ends', () => {
    expect(hasTime(110_000, 10_001, 1)).toBe(true);
    expect(hasTime(110_000, 10_000, 1)).toBe(false);
  });

  it.each([
    [1 / 4, 85_000],
    [1 / 2, 60_000],
    [3 / 4, 35_000],
  ])('has a share of %d of what is left without these ten seconds', (share, leftMs) => {
    expect(hasTime(110_000, leftMs + 1, share)).toBe(true);
    expect(hasTime(110_000, leftMs, share)).toBe(false);
  });

  it('does not begin where the whole of it is these ten seconds', () => {
    for (const share of [1 / 4, 1]) expect(hasTime(9_999, 9_999, share)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { backoff } from '../lib/retry.ts';
import { RetryError } from '../lib/retry-error.ts';

describe('a retry', () => {
  it('says why, and when it is due', () => {
    const cause = new Error('x');
    expect(new RetryError('settling', 4_200, { cause })).toMatchObject({
      code: 'retry',
      retryable: true,
      reason: 'settling',
      delayMs: 4_200,
      message: 'Not finished yet (settling); due again in 4200 ms.',
      cause,
    });
    expect(new RetryError('fenced')).toMatchObject({
      delayMs: undefined,
      message: 'Not finished yet (fenced); due again later.',
    });
  });
});

describe('the usual wait', () => {
  it('doubles from five seconds to fifteen minutes, and is any share of that', () => {
    const longest = [1, 2, 3, 8, 9, 1_000].map((receiveCount) => backoff(receiveCount, () => 1));
    expect(longest).toEqual([5_000, 10_000, 20_000, 640_000, 900_000, 900_000]);
    expect(backoff(1, () => 0)).toBe(0);
    expect(backoff(1, () => 0.123_45)).toBe(617);
  });
});

import { describe, expect, it } from 'vitest';
import { errorCode } from '../lib/error-code.ts';
import { RetryError } from '../lib/retry-error.ts';

describe('the code of an error', () => {
  it('is its own for one of ours', () => {
    expect(errorCode(new RetryError('settling', 1_000))).toBe('retry');
  });

  // Cause: what JSON.parse says of a damaged item quotes it, and a record holds customers' words.
  it.each([new SyntaxError('Unexpected token in "order 7"'), 'order 7', undefined])(
    'is the same for whatever nobody threw on purpose, with nothing of its text',
    (error) => {
      expect(errorCode(error)).toBe('defect');
    },
  );
});

import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { enumerateCase, SMALL_CASES } from './run-enumeration.ts';

const THREADS = Math.min(4, availableParallelism());
/** `npm run sim -- --enumerate` tries all pairs; here every so many. */
const STRIDE = 100;

describe('every fault at every call', { timeout: 600_000 }, () => {
  it.each(SMALL_CASES.filter(({ faults }) => faults === 1))(
    'with $messages messages and replies of $parts parts leaves each message with its reply',
    async (small) => {
      const { runs, failures } = await enumerateCase(small, THREADS);
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(250);
    },
  );

  it.each(SMALL_CASES.filter(({ faults, messages }) => faults === 2 && messages === 1))(
    `and every ${STRIDE}th second one with $messages message and replies of $parts parts`,
    async (small) => {
      const { runs, failures } = await enumerateCase(small, THREADS, STRIDE);
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(500);
    },
  );
});

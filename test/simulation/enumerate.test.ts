import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SmallCase } from './enumerate.ts';
import { enumerateCases, SMALL_CASES } from './run-enumeration.ts';

const THREADS = Math.min(4, availableParallelism());
/** `npm run sim -- --enumerate` tries all pairs; here every so many, with one message. */
const STRIDE = 200;
const SINGLE = SMALL_CASES.filter(({ faults }) => faults === 1);
const PAIRS = SMALL_CASES.filter(({ faults, messages }) => faults === 2 && messages === 1);

describe('every fault at every call', () => {
  let results: Awaited<ReturnType<typeof enumerateCases>>;
  beforeAll(async () => {
    results = await enumerateCases([...SINGLE, ...PAIRS], THREADS, STRIDE);
  }, 600_000);
  const resultOf = ({ messages, parts, faults }: SmallCase) =>
    results.find((one) => one.messages === messages && one.parts === parts && one.faults === faults);

  it.each(SINGLE)(
    'with $messages messages and replies of $parts parts leaves each message with its reply',
    (small) => {
      const { runs, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(250);
    },
  );

  it.each(PAIRS)(
    `and every ${STRIDE}th second one with $messages message and replies of $parts parts`,
    (small) => {
      const { runs, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(runs).toBeGreaterThan(400);
    },
  );
});

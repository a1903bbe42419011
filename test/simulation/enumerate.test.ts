import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SmallCase } from './enumerate.ts';
import { enumerateCases, SMALL_CASES } from './run-enumeration.ts';

const THREADS = Math.min(4, availableParallelism());
/** `npm run sim -- --enumerate` tries all pairs; here every so many, with one message. */
const STRIDE = 200;
const PAIRS = SMALL_CASES.filter(({ faults, messages }) => faults === 2 && messages === 1);
/** Pairs begin with each single fault, so a single one with one message is tried there. */
const SINGLE = SMALL_CASES.filter(({ faults, messages }) => faults === 1 && messages > 1);

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
      const { singles, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(250);
    },
  );

  it.each(PAIRS)(
    `alone and in every ${STRIDE}th pair, with $messages message and replies of $parts parts, does so too`,
    (small) => {
      const { runs = 0, singles = 0, failures } = resultOf(small) ?? {};
      expect(failures).toEqual([]);
      expect(singles).toBeGreaterThan(250);
      expect(runs - singles).toBeGreaterThan(100);
    },
  );
});

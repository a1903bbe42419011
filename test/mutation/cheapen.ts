import type fastCheck from 'fast-check';
import { vi } from 'vitest';

/** What is affordable once is not a thousand times: this makes the tests cheap enough to be run for every mutant. */

const MAX_RUNS = 100;

// The seed is fixed, or the score would be a matter of luck.
vi.mock('fast-check', async (importOriginal) => {
  const original = await importOriginal<{ default: typeof fastCheck }>();
  const assert = ((property: never, parameters: fastCheck.Parameters = {}) => {
    const numRuns = Math.min(parameters.numRuns ?? MAX_RUNS, MAX_RUNS);
    return original.default.assert(property, { ...parameters, numRuns, seed: 1 });
  }) as typeof fastCheck.assert;
  return { ...original, assert, default: { ...original.default, assert } };
});

// Proving that a pattern is harmless takes seconds, and none of these tests is about it.
vi.mock('../../lib/rules/compile/check-pattern.ts', () => ({ checkPattern: () => undefined }));

import type fastCheck from 'fast-check';
import { beforeEach, vi } from 'vitest';

/** What is affordable once is not a thousand times: this makes the tests cheap enough to be run for every mutant. */

const MAX_RUNS = 100;

vi.mock('fast-check', async (importOriginal) => {
  const { default: original, ...names } = await importOriginal<{ default: typeof fastCheck }>();
  const { integer, nat, oneof } = original;
  const codePoint = oneof(nat(0xd7ff), integer({ min: 0xe000, max: 0x10ffff }));
  const character = codePoint.map((code) => String.fromCodePoint(code));
  const changed = {
    // The seed is fixed, or the score would be a matter of luck.
    assert: ((property: never, parameters: fastCheck.Parameters = {}) => {
      const numRuns = Math.min(parameters.numRuns ?? MAX_RUNS, MAX_RUNS);
      return original.assert(property, { ...parameters, numRuns, seed: 1 });
    }) as typeof fastCheck.assert,
    // Its own table of all characters takes a second to build.
    string: ((constraints: fastCheck.StringConstraints = {}) =>
      original.string(
        constraints.unit === 'binary' ? { ...constraints, unit: character } : constraints,
      )) as typeof fastCheck.string,
  };
  return { ...names, ...changed, default: { ...original, ...changed } };
});

// Proving that a pattern is harmless takes seconds, and none of these tests is about it.
vi.mock('../../lib/rules/compile/check-pattern.ts', () => ({ checkPattern: () => undefined }));

// Each test makes anew what is made lazily: a mutant of it is tried against the tests that make it.
// Kept with the modules, which are loaded once for all test files, while this is loaded for each of them.
const forget = vi.hoisted((): (() => void)[] => {
  const kept = globalThis as { toForget?: (() => void)[] };
  kept.toForget ??= [];
  return kept.toForget;
});
vi.mock('../../lib/lazily.ts', () => ({
  lazilyEach: (make: (key: unknown) => unknown) => {
    const made = new Map<unknown, unknown>();
    forget.push(() => made.clear());
    return (key: unknown) => {
      if (!made.has(key)) made.set(key, make(key));
      return made.get(key);
    };
  },
  lazily: (make: () => unknown) => {
    let made: unknown;
    forget.push(() => {
      made = undefined;
    });
    return () => {
      made ??= make();
      return made;
    };
  },
}));
beforeEach(() => {
  for (const each of forget) each();
});

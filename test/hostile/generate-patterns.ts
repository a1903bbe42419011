import fc from 'fast-check';
import { isQuick } from '../../lib/rules/compile/check-pattern.ts';

const WORDS = ['order', 'hi', 'no', 'x', '#', '@', ' '];
const SETS = [
  '\\d',
  '\\w',
  '\\s',
  '.',
  '[a-z]',
  '[A-Z0-9]',
  '[^ ]',
  '\\p{L}',
  '[ab]',
  'a',
  '[ -]',
  '(?:a|b|ab)',
];

const count = fc.oneof(
  { arbitrary: fc.constantFrom('', '?', '??', '*', '+', '+?'), weight: 2 },
  {
    arbitrary: fc
      .tuple(fc.nat({ max: 4 }), fc.nat({ max: 40 }))
      .map(([least, more]) => `{${least},${least + more}}`),
    weight: 2,
  },
  { arbitrary: fc.integer({ min: 1, max: 30 }).map((times) => `{${times}}`), weight: 1 },
);
const word = fc.constantFrom(...WORDS);
const repeated = fc.tuple(fc.constantFrom(...SETS), count).map(([set, times]) => set + times);
const simple = fc
  .array(fc.oneof({ arbitrary: word, weight: 1 }, { arbitrary: repeated, weight: 3 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((terms) => terms.join(''));
const group = fc
  .tuple(
    fc.constantFrom('(?:', '(', '(?=', '(?!', '(?<=', '(?<!'),
    fc.array(simple, { minLength: 1, maxLength: 3 }),
    count,
  )
  .map(([open, ways, times]) => `${open}${ways.join('|')})${/[=!]/.test(open) ? '' : times}`);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '^', '\\b'),
    fc.array(fc.oneof(group, simple), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '$', '!', '\\b', '\\1'),
  )
  .map((parts) => parts.flat().join(''))
  .filter((source) => !source.includes('\\1') || /\((?!\?)/.test(source));

/** Patterns that hold counts, choices and repetitions in each other, and that the check lets through all the same. */
export function acceptedPatterns(howMany: number, seed: number): readonly string[] {
  const accepted = new Set<string>();
  for (let round = 0; accepted.size < howMany; round++) {
    for (const source of fc.sample(pattern, { numRuns: 100, seed: seed + round })) {
      if (accepted.size < howMany && isQuick(source)) accepted.add(source);
    }
  }
  return [...accepted];
}

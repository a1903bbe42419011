import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundSearch } from '../../../../lib/rules/compile/pattern/bound-steps.ts';
import { findAttack } from '../../../../lib/rules/compile/pattern/find-attack.ts';
import { parsePattern, partsOf } from '../../../../lib/rules/compile/pattern/parse-pattern.ts';
import { arbitraryPattern } from './arbitrary-pattern.ts';
import { searchInSteps } from './step-matcher.ts';

/** What may take more is not searched: it would take too long to see. */
const LIMIT = 20_000;
/** `npm run hostile` tries more; `SEED` chooses others. */
const seed = Number(process.env['SEED'] ?? 20_261_120);
const RUNS = Math.min(Number(process.env['RUNS'] ?? 100), 10_000);
const LENGTH = 7;

const letters = fc.constantFrom(
  'a',
  'a',
  'b',
  'k',
  'K',
  '\u212a',
  's',
  'ſ',
  '1',
  ' ',
  '\n',
  '_',
  '👍',
  '\ud800',
);
const texts = fc.array(
  fc.array(letters, { maxLength: LENGTH }).map((chars) => chars.join('')),
  {
    minLength: 3,
    maxLength: 3,
  },
);

describe('a matcher that counts its steps', () => {
  it('finds what the engine finds', () => {
    fc.assert(
      fc.property(arbitraryPattern, texts, (source, tried) => {
        // The engine may begin within a pair of surrogates, which the standard does not.
        for (const text of tried.filter((chars) => !/[\u{10000}-\u{10ffff}]/u.test(chars))) {
          const search = searchInSteps(source, text, LIMIT);
          if (search === undefined) continue;
          const found = new RegExp(source, 'iu').exec(text);
          expect(search.found).toEqual(found === null ? undefined : { index: found.index, text: found[0] });
        }
      }),
      { numRuns: RUNS, seed },
    );
  }, 600_000);

  it('never takes more steps than the bound, on any text', () => {
    fc.assert(
      fc.property(arbitraryPattern, texts, (source, tried) => {
        const pattern = partsOf(parsePattern(source));
        const most = boundSearch(pattern, { length: LENGTH, limit: LIMIT });
        if (most > LIMIT) return;
        const attack = findAttack(pattern, LENGTH) ?? '';
        for (const text of [...tried, attack, 'a'.repeat(LENGTH), 'ab '.repeat(2)]) {
          const { steps = Number.POSITIVE_INFINITY } = searchInSteps(source, text, LIMIT) ?? {};
          expect(steps, JSON.stringify(text)).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: RUNS, seed },
    );
  }, 600_000);

  it('would show a bound that is too small', () => {
    expect(searchInSteps('(?:a|a){4}b', 'aaaaaaa', LIMIT)?.steps).toBeGreaterThan(100);
    expect(searchInSteps('(?:a|a){40}b', 'a'.repeat(40), LIMIT)).toBeUndefined();
  });
});

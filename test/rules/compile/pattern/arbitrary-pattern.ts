import fc from 'fast-check';

interface Parts {
  any: string;
  term: string;
}

const ATOMS = [
  'a',
  'b',
  'k',
  'K',
  'ſ',
  '1',
  ' ',
  '.',
  '\\w',
  '\\d',
  '\\s',
  '\\W',
  '[ab]',
  '[^a]',
  '\\p{L}',
  '[a-z]',
  '(?:)',
];
const ASSERTIONS = ['^', '$', '\\b', '\\B', '\\1', '\\2'];
const TIMES = ['?', '*', '+', '??', '*?', '+?', '{2}', '{0,2}', '{1,3}', '{2,}', '{1,2}?', '{0,9}'];

/** Patterns of all kinds that the flags `iu` allow, small and often evil. */
export const arbitraryPattern: fc.Arbitrary<string> = fc
  .letrec<Parts>((tie) => ({
    term: fc.oneof(
      { depthSize: 'xsmall', withCrossShrink: true },
      { arbitrary: fc.constantFrom(...ATOMS), weight: 6 },
      { arbitrary: fc.constantFrom(...ASSERTIONS), weight: 1 },
      {
        arbitrary: fc
          .tuple(fc.constantFrom(...ATOMS), fc.constantFrom(...TIMES))
          .map(([atom, times]) => atom + times),
        weight: 4,
      },
      {
        arbitrary: fc
          .tuple(tie('any'), fc.constantFrom(...TIMES))
          .map(([inside, times]) => `(?:${inside})${times}`),
        weight: 4,
      },
      {
        arbitrary: fc
          .tuple(tie('any'), fc.constantFrom('', ...TIMES))
          .map(([inside, times]) => `(${inside})${times}`),
        weight: 2,
      },
      {
        arbitrary: fc
          .tuple(fc.constantFrom('?=', '?!', '?<=', '?<!'), tie('any'))
          .map(([kind, inside]) => `(${kind}${inside})`),
        weight: 1,
      },
    ),
    any: fc
      .array(
        fc.array(tie('term'), { minLength: 1, maxLength: 4 }).map((terms) => terms.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((branches) => branches.join('|')),
  }))
  .any.filter(isValid);

function isValid(source: string): boolean {
  try {
    new RegExp(source, 'iu');
    return true;
  } catch {
    return false;
  }
}

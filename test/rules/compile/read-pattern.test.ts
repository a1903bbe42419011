import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOfAny, readPattern } from '../../../lib/rules/compile/read-pattern.ts';
import { runs } from '../../support/runs.ts';

describe('readPattern', () => {
  it.each([
    ['abc', [], []],
    ['(?<a>x)', ['a'], ['a']],
    ['(?<a>x)?', ['a'], []],
    ['(?<a>x)??', ['a'], []],
    ['(?<a>x)*', ['a'], []],
    ['(?<a>x)+', ['a'], ['a']],
    ['(?<a>x){0,2}', ['a'], []],
    ['(?<a>x){1,2}', ['a'], ['a']],
    ['(?<a>x){2}', ['a'], ['a']],
    ['(?<a>x)(?<b>y)', ['a', 'b'], ['a', 'b']],
    ['(?<a>x)|(?<b>y)', ['a', 'b'], []],
    ['(?<a>x)|(?<a>y)', ['a'], ['a']],
    ['(?:(?<a>x)|y)(?<b>z)', ['a', 'b'], ['b']],
    ['(?:(?<a>x))?', ['a'], []],
    ['((?<a>x))', ['a'], ['a']],
    ['(?<a>(?<b>y)?)', ['a', 'b'], ['a']],
    ['(?=(?<a>x))x', ['a'], ['a']],
    ['(?!(?<a>x))y', ['a'], []],
    ['(?<=(?<a>x))y', ['a'], ['a']],
    ['(?<!(?<a>x))y', ['a'], []],
    ['\\(?<a>x', [], []],
    ['[(?<a>x)|]', [], []],
    ['[\\](?<a>]', [], []],
    ['\\p{L}{0,3}(?<a>x)', ['a'], ['a']],
    ['\\u{1F600}(?<a>x)\\k<a>?', ['a'], ['a']],
    ['(?<a>\\|)', ['a'], ['a']],
    ['a||(?<a>x)', ['a'], []],
  ])('%s', (source, all, always) => {
    expect(() => new RegExp(source, 'iu')).not.toThrow();
    expect(readPattern(source)).toMatchObject({ all, always });
  });

  const pattern: fc.Arbitrary<string> = fc.letrec<{ any: string; term: string }>((tie) => ({
    term: fc.oneof(
      { depthSize: 'xsmall', withCrossShrink: true },
      fc.constantFrom('a', 'b', '\\(', '[)(]', '.', '\\p{L}'),
      tie('any').map((inside) => `(${inside})`),
      tie('any').map((inside) => `(?:${inside})`),
      tie('any').map((inside) => `(?=${inside})`),
      tie('any').map((inside) => `(?!${inside})`),
      tie('any').map((inside) => `(?<NAME>${inside})`),
      fc
        .tuple(tie('any'), fc.constantFrom('?', '*', '+', '{0,1}', '{1,2}', '??'))
        .map(([inside, times]) => `(?:${inside})${times}`),
    ),
    any: fc
      .array(
        fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => terms.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((branches) => branches.join('|')),
  })).any;

  it('agrees with what the engine does: a group that is always there is in every match', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.stringMatching(/^[ab()]{0,4}$/), { minLength: 5, maxLength: 10 }),
        (shape, texts) => {
          let count = 0;
          const source = shape.replaceAll('NAME', () => `g${count++}`);
          const { all, always } = readPattern(source);
          expect(all).toHaveLength(count);
          const regex = new RegExp(source, 'iu');
          for (const text of texts) {
            const groups = regex.exec(text)?.groups;
            if (groups !== undefined) for (const name of always) expect(groups[name]).toBeDefined();
          }
        },
      ),
      { numRuns: runs(100, 2_000) },
    );
  });
});

describe('groupsOfAny', () => {
  it('has nothing for no pattern', () => {
    expect(groupsOfAny([])).toMatchObject({ all: [], always: [] });
  });

  it('is sure only of what all patterns have', () => {
    expect(groupsOfAny(['(?<a>x)(?<b>y)', '(?<b>x)(?<c>y)?'])).toMatchObject({
      all: ['a', 'b', 'c'],
      always: ['b'],
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tolerated } from '../../lib/rules/compile/tolerated.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { isNear, slips } from '../../lib/text/slips.ts';

/** Few letters, so that texts meet; one of them outside the first plane. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '𝒹'), maxLength: 9 });
const most = fc.integer({ min: 0, max: 10 });

/** By the definition, with no bound and no band. */
function reference(a: string, b: string): number {
  const [from, to] = [[...a], [...b]];
  const known = new Map<string, number>();
  const distance = (row: number, column: number): number => {
    if (row === 0 || column === 0) return row + column;
    const key = `${row} ${column}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const same = from[row - 1] === to[column - 1];
    const steps = [
      distance(row - 1, column) + 1,
      distance(row, column - 1) + 1,
      distance(row - 1, column - 1) + (same ? 0 : 1),
    ];
    const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    if (row > 1 && column > 1 && swapped) steps.push(distance(row - 2, column - 2) + 1);
    const least = Math.min(...steps);
    known.set(key, least);
    return least;
  };
  return distance(from.length, to.length);
}

describe('slips', () => {
  it.each([
    ['hello', 'hello', 0],
    ['helo', 'hello', 1],
    ['helllo', 'hello', 1],
    ['hallo', 'hello', 1],
    ['hlelo', 'hello', 1],
    ['ehllo', 'hello', 1],
    ['hlleo', 'hello', 2],
    // By the way of ac, it would be two; nothing is touched twice.
    ['ca', 'abc', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['', '', 0],
    ['👍', '👎', 1],
  ])('tells %j from %j by %i', (a, b, distance) => {
    expect(slips(a, b, 3)).toBe(distance);
  });

  it('is what the definition says, up to the bound, and one more beyond it', () => {
    fc.assert(
      fc.property(text, text, most, (a, b, bound) => {
        expect(slips(a, b, bound)).toBe(Math.min(reference(a, b), bound + 1));
      }),
      { numRuns: 400 },
    );
  });

  it('is the same both ways', () => {
    fc.assert(
      fc.property(text, text, most, (a, b, bound) => {
        expect(slips(a, b, bound)).toBe(slips(b, a, bound));
      }),
    );
  });

  it('takes neighbours swapped for one slip, wherever they are', () => {
    fc.assert(
      fc.property(text, text, (start, end) => {
        expect(slips(`${start}xy${end}`, `${start}yx${end}`, 2)).toBe(1);
      }),
    );
  });

  it('gives long texts up early, and works only near the diagonal', () => {
    const long = 'ab'.repeat(5_000);
    expect(slips(long, `${long}abc`, 2)).toBe(3);
    expect(slips(long, `b${long.slice(1)}`, 2)).toBe(1);
    expect(slips(long, 'ba'.repeat(5_000), 2)).toBe(2);
    expect(slips(long, 'ca'.repeat(5_000), 2)).toBe(3);
  });
});

describe('isNear', () => {
  const near = (message: string, wanted: string) =>
    isNear(normalizeText(message), normalizeText(wanted), tolerated(wanted));

  it.each([
    ['hello', 'hello', 'nothing wrong'],
    ['hi', 'hi', 'nothing wrong with a short word'],
    ['Helo!', 'hello', 'a letter missing'],
    ['hellpo', 'hello', 'a letter too many'],
    ['hrllo', 'hello', 'the key next to it'],
    ['ehllo', 'hello', 'neighbours swapped'],
    ['mneu', 'menu', 'four letters'],
    ['appiontmnt', 'appointment', 'two slips in a long word'],
    ['decmbr', 'december', 'two slips in eight letters'],
    ['openinghours', 'opening hours', 'a space missing'],
    ['opennig huors', 'opening hours', 'a slip in each word'],
    ['informacoin', 'información', 'accents left out, and a slip'],
    ['informàciòn', 'información', 'other accents'],
    ['ПРВИЕТ', 'привет', 'another script'],
    ['नमस्त', 'नमस्ते', 'a vowel sign missing'],
    ['İSTANBUUL', 'istanbul', 'Turkish capitals'],
    ['ordre 12', 'order 12', 'equal digits'],
    ['oredr ١٢', 'order 12', 'equal digits of another script'],
  ])('takes %j for %j: %s', (message, wanted) => {
    expect(near(message, wanted)).toBe(true);
  });

  it.each([
    ['yse', 'yes', 'three letters'],
    ['hj', 'hi', 'two letters'],
    ['hlo', 'hello', 'two slips in a short word'],
    ['menyy', 'menu', 'two slips in four letters'],
    ['orders!', 'my order', 'seven letters and a space'],
    ['apiontmnt', 'appointment', 'three slips'],
    ['order 13', 'order 12', 'another digit'],
    ['order 21', 'order 12', 'digits swapped'],
    ['order 1', 'order 12', 'a digit missing'],
    ['order', 'order 1', 'no digit'],
    ['a-b-c+d', 'a-b-c-d-1', 'signs, which are not letters'],
    ['1234', '1235', 'nothing but digits'],
    ['👍👍👍👍', '👍👍👍👎', 'nothing but emoji'],
    ['йод', 'иод', 'a letter that only looks like one with an accent'],
    ['hello there', 'hello', 'another word'],
    ['', 'hello', 'an empty message'],
  ])('does not take %j for %j: %s', (message, wanted) => {
    expect(near(message, wanted)).toBe(false);
  });

  it('counts the letters of what the author wrote, never of the message', () => {
    expect(near('appointme', 'appoint')).toBe(false);
    expect(near('appoint', 'appointme')).toBe(true);
  });

  it('takes every single slip in a word of four letters or more', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.nat({ max: 11 }), fc.constantFrom('', 'z', 'zz'), (wanted, where, put) => {
        const at = where % wanted.length;
        const letter = put === 'zz' ? `${wanted[at]}z` : put;
        expect(isNear(wanted.slice(0, at) + letter + wanted.slice(at + 1), wanted, 1)).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, readNumber } from '../../../lib/rules/answers/read-number.ts';

describe('readNumber', () => {
  it.each([
    ['4', '4'],
    ['we are 4', '4'],
    ['4 of us, thanks!', '4'],
    ['1.', '1'],
    ['1)', '1'],
    ['(1)', '1'],
    ['*1*', '1'],
    ['"1"', '1'],
    ['1?', '1'],
    ['so,5', '5'],
    ['hm...5', '5'],
    ['hm … 5', '5'],
    ['5.Thanks', '5'],
    ['007', '007'],
    ['000', '000'],
    ['123456789012345', '123456789012345'],
  ])('finds the number of %j: %s', (message, digits) => {
    expect(readNumber(message)).toBe(digits);
  });

  it.each([
    ['1,000', '1000'],
    ['1.000', '1000'],
    ['1 000', '1000'],
    ["1'000", '1000'],
    ['1’000', '1000'],
    ['1´000', '1000'],
    ['1\u00a0000', '1000'],
    ['1\u202f000', '1000'],
    ['1\u2009000', '1000'],
    ['1，000', '1000'],
    ['١٬٠٠٠', '1000'],
    ['١،٠٠٠', '1000'],
    ['1 000 000', '1000000'],
    ['1.000.000,', '1000000'],
    ["about 12'345'678.", '12345678'],
    ['012 345', '012345'],
    ['10 200', '10200'],
    ['1.000,-', '1000'],
    ['123,456,789,012,345', '123456789012345'],
    ['1,00,000', '100000'],
    ['12,34,56,789', '123456789'],
  ])('joins the groups of %j: %s', (message, digits) => {
    expect(readNumber(message)).toBe(digits);
  });

  it.each([
    ['١٢', '12'],
    ['۱۲', '12'],
    ['१२', '12'],
    ['๑๒', '12'],
    ['１２', '12'],
    ['𝟏𝟐', '12'],
    ['1️⃣', '1'],
    ['1\u20e3', '1'],
    ['1️⃣0️⃣', '10'],
    ['🔟', '10'],
    ['①', '1'],
    ['⑿', '12'],
    ['\u200e4\u200f', '4'],
  ])('reads the digits of %j, of whatever script: %s', (message, digits) => {
    expect(readNumber(message)).toBe(digits);
  });

  it.each([
    ['-5', '5'],
    ['−5', '5'],
    ['+5', '5'],
    ['#5', '5'],
    ['№5', '5'],
    ['nº5', '5'],
    ['Nr5', '5'],
    ['Nr. 5', '5'],
    ['$5', '5'],
    ['5€', '5'],
    ['5.-', '5'],
    ['50%', '50'],
    ['x2', '2'],
    ['2x', '2'],
    ['×2', '2'],
    ['5th', '5'],
    ['4ppl', '4'],
    ['5kg', '5'],
    ['50 m²', '50'],
    ['5人です', '5'],
    ['第5', '5'],
    ['4명이요', '4'],
    ['ל4 אנשים', '4'],
    ['4 🙏🏽', '4'],
    ['we²4', undefined],
  ])('takes no notice of a sign or a unit: %j is %s', (message, digits) => {
    expect(readNumber(message)).toBe(digits);
  });

  it.each([
    ['1.5', 'a fraction'],
    ['1.0', 'written as a fraction'],
    ['1,5', 'a fraction with a comma'],
    ['.5', 'a fraction without its zero'],
    ['$.50', 'a fraction after a sign'],
    ['0.500', 'a half, with three digits'],
    ['0,500', 'a half, with a comma'],
    ['٠٫٥', 'an Arabic fraction'],
    ['٫٥', 'an Arabic fraction without its zero'],
    ['1.234,5', 'groups and a fraction'],
    ['1,000.50', 'groups and a fraction'],
    ['1,234.567', 'two kinds of sign'],
    ['1 234.567', 'a space and a point'],
    ['½', 'a fraction of one character'],
    ['2½', 'one more'],
    ['⅟', 'what is left of a fraction'],
    ['1/2', 'two numbers'],
    ['2²', 'a power'],
    ['2.⁵', 'a small fraction'],
    ['Ⅳ', 'Roman'],
    ['Ⅳ 5', 'Roman, and another'],
    ['➊', 'a picture of a digit'],
    ['፭', 'of a script without digits'],
    ['9 or 10', 'two numbers'],
    ['9 10', 'two numbers'],
    ['10\n200', 'two lines'],
    ['1  000', 'two spaces'],
    ['1, 000', 'a comma and a space'],
    ['1000,000', 'a group of four'],
    ['1,0000', 'a group of four at the end'],
    ['1,000,00', 'a group of two at the end'],
    ['1,000000', 'a group of six'],
    ['1_000', 'a sign that separates no groups'],
    ['①②', 'two numbers'],
    ['①000', 'two numbers'],
    ['🔟1', 'two numbers'],
    ['24.12.2026', 'a date'],
    ['2026-12-24', 'a date'],
    ['9:30', 'a time'],
    ['3/4', 'a fraction'],
    ['8/10', 'a mark'],
    ['5-6', 'a range'],
    ['1234567890123456', 'sixteen digits'],
    ['1 234 567 890 123 456', 'sixteen digits in groups'],
    ['+49 151 1234567', 'a phone number in groups of others'],
    ['10k', 'ten thousand'],
    ['5万', 'fifty thousand'],
    ['5만', 'fifty thousand'],
    ['A4', 'a code'],
    ['AB12345', 'a code'],
    ['Б5', 'a code'],
    ['ex2', 'a code'],
    ['A4 5', 'a code, and a number'],
    ['nine', 'a word'],
    ['cinq', 'a word'],
    ['hello', 'a word'],
    ['?', 'a sign'],
    ['', 'nothing'],
  ])('finds no whole number in %j: %s', (message) => {
    expect(readNumber(message)).toBeUndefined();
  });

  it('reads back every number of at most 15 digits, in each of its writings, with words around it', () => {
    const groups = fc.tuple(
      fc.integer({ min: 1, max: 999 }),
      fc.array(fc.integer({ min: 0, max: 999 }), { maxLength: 4 }),
    );
    const sign = fc.constantFrom('', ' ', '.', ',', "'", '’', '\u00a0', '\u202f');
    const around = fc.constantFrom(['', ''], ['we are ', ' people'], ['(', ').'], ['"', '"'], ['-', '!']);
    fc.assert(
      fc.property(groups, sign, around, ([first, rest], separator, [before, after]) => {
        const written = [String(first), ...rest.map((group) => String(group).padStart(3, '0'))];
        const message = `${before}${written.join(separator)}${after}`;
        expect(readNumber(message)).toBe(written.join(''));
      }),
    );
  });

  it('gives digits, at most 15, or nothing, for any message', () => {
    const unit = fc.constantFrom(
      ..." .,'-+k/1234567890",
      '٣',
      '½',
      '²',
      '①',
      'a',
      '人',
      '\u0301',
      '１',
      '🔟',
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 24 }), (message) => {
        expect(readNumber(message) ?? '0').toMatch(/^[0-9]{1,15}$/);
      }),
      { numRuns: 400 },
    );
  });
});

describe('isWithin', () => {
  it.each([
    ['0', ['0', '6'], true],
    ['6', ['0', '6'], true],
    ['7', ['0', '6'], false],
    ['006', ['0', '6'], true],
    ['10', ['9', '10'], true],
    ['9', ['10', '20'], false],
    ['5', ['5', undefined], true],
    ['4', ['5', undefined], false],
    ['999999999999999', ['5', undefined], true],
    ['4', [undefined, '4'], true],
    ['5', [undefined, '4'], false],
    ['999999999999999', [undefined, '999999999999998'], false],
    ['5', [undefined, undefined], true],
  ] as const)('%s in %j: %s', (digits, range, holds) => {
    expect(isWithin(digits, range)).toBe(holds);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../lib/text/split-text.ts';

describe('splitText', () => {
  it('leaves a short text whole', () => {
    expect(splitText('hello', 10)).toEqual(['hello']);
    expect(splitText('1234567890', 10)).toEqual(['1234567890']);
    expect(splitText('', 10)).toEqual([]);
  });

  it.each([
    ['after a paragraph', 'Aaaa.\n\nBb. Cc dd ee', 14, ['Aaaa.\n\n', 'Bb. Cc dd ee']],
    [
      'after a sentence where no paragraph ends late enough',
      'A.\n\nBbbb bb. Cc dd',
      15,
      ['A.\n\nBbbb bb. ', 'Cc dd'],
    ],
    ['after a line', 'Aaaa bbb\nCc dd ee', 12, ['Aaaa bbb\n', 'Cc dd ee']],
    ['after a quoted sentence', 'She said “no.” And left', 18, ['She said “no.” ', 'And left']],
    ['after a sentence that no space follows', '一二三四。五六七八', 7, ['一二三四。', '五六七八']],
    ['after a word where no sentence ends late enough', 'A. bb cccc dd', 12, ['A. bb cccc ', 'dd']],
    ['after a word, however early it ends', 'a bbbbbbbbbbbbb', 10, ['a ', 'bbbbbbbbbb', 'bbb']],
    ['anywhere in a word that is too long', 'abcdefghijklm', 5, ['abcde', 'fghij', 'klm']],
    ['between two emoji, not inside one', '👍🏽👍🏽👍🏽', 9, ['👍🏽👍🏽', '👍🏽']],
    ['before a letter with its accent', 'abce\u0301f', 4, ['abc', 'e\u0301f']],
    [
      'inside a grapheme only when it alone is too long',
      `a${'\u0301'.repeat(6)}`,
      4,
      ['a\u0301\u0301\u0301', '\u0301\u0301\u0301'],
    ],
    ['not inside a character, even then', '👨‍👩‍👧', 4, ['👨‍', '👩‍', '👧']],
  ])('cuts %s', (_, text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts);
  });

  const text = fc
    .array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(' ', '. ', '\n\n', '👍🏽', 'word ', '。')),
    )
    .map((parts) => parts.join(''));

  it('loses nothing, keeps the order, and stays within the limit in units and in code points', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 200 }), (whole, limit) => {
        const parts = splitText(whole, limit);
        expect(parts.join('')).toBe(whole);
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(limit);
          expect([...part].length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('never cuts inside a grapheme that fits', () => {
    const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 60 }), (whole, limit) => {
        const segments = [...graphemes.segment(whole)];
        fc.pre(segments.every(({ segment }) => segment.length <= limit));
        const starts = new Set(segments.map(({ index }) => index));
        let at = 0;
        for (const part of splitText(whole, limit)) {
          expect(starts.has(at)).toBe(true);
          at += part.length;
        }
      }),
    );
  });
});

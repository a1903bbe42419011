import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, composePlainly } from '../../lib/text/compose.ts';
import { quoteSource } from '../../lib/text/quote-source.ts';

/** What the original has for the first place of `part` in the composed text. */
function quote(original: string, part: string, change = compose): string {
  const text = change(original);
  const from = text.indexOf(part);
  expect(from).toBeGreaterThanOrEqual(0);
  return quoteSource({ original, start: 0, change, text })([from, from + part.length]);
}

describe('what a part of a composed text was in the original', () => {
  it.each([
    ['my name is علی‌رضا 👩‍💻 №5', 'علیرضا 👩💻 No5', 'علی‌رضا 👩‍💻 №5'],
    ['ok 👩‍💻!', '💻', '👩‍💻'],
    ['ok 👍🏽!', '👍', '👍🏽'],
    ['ich 🇩🇪🇫🇷', '🇩', '🇩🇪'],
    ['I ❤️ you', '❤', '❤️'],
    ['№5', 'o', '№'],
    ['about ½ of it', '⁄', '½'],
    ['oﬃce', 'f', 'ﬃ'],
    ['cafe\u0301 au lait', 'fé a', 'fe\u0301 a'],
    ['ㄱㅏ나', '가', 'ㄱㅏ'],
    ['\u1112\u1161\u11ab!', '한', '\u1112\u1161\u11ab'],
    ['\u1112\u1112\u1161!', '하', '\u1112\u1112\u1161'],
    ['ﾊﾟﾘ', 'パ', 'ﾊﾟ'],
    // The accent moves before the half-width ﾟ and joins z, and nothing behind it was found again.
    ['zﾟ\u0301 №', 'No', '№'],
    ['zﾞ\u0301 №', 'ź', 'zﾞ\u0301'],
    // A letter that composing takes apart.
    ['x\u0958', '\u0915\u093c', '\u0958'],
    ['e\u200d\u0301!', 'é', 'e\u200d\u0301'],
    ['e\u0301\u200f!', 'é', 'e\u0301'],
    ['\u060012!?', '12', '\u060012'],
    ['\u0600١!', '١', '\u0600١'],
    ['a\u200d b', 'a', 'a\u200d'],
    ['नमक्षत', 'क', 'क्ष'],
    ['שלום\u200f!', 'שלום', 'שלום'],
    ['a\u200b b', 'a', 'a'],
    ['a\r\nb', '\n', '\r\n'],
    ['1️⃣ or 2️⃣', '2', '2️⃣'],
    ['plain', 'lai', 'lai'],
    ['plain', '', ''],
  ])('%j: of %j it was %j', (original, part, source) => {
    expect(quote(original, part)).toBe(source);
  });

  it('is found behind digits that composing made shorter', () => {
    expect(quote('𞥐𞥑 ١٢٣ x', '123', composePlainly)).toBe('١٢٣');
    expect(quote('İPTAL i\u0307ptal ii', 'ii', composePlainly)).toBe('ii');
  });

  it('begins where the trimmed text began', () => {
    const original = '\u200b  №5';
    expect(quoteSource({ original, start: 3, change: compose, text: 'No5' })([0, 1])).toBe('№');
  });

  it('is empty where the part is, wherever it is', () => {
    expect(quoteSource({ original: '№5', start: 0, change: compose, text: 'No5' })([1, 1])).toBe('');
  });

  it('is found where the text was cut inside what one character became', () => {
    expect(quoteSource({ original: '№', start: 0, change: compose, text: 'N' })([0, 1])).toBe('№');
  });

  it('is the composed part itself where the original cannot be told piece by piece', () => {
    const change = (text: string) => (text === 'é1' ? 'x1' : text);
    expect(quoteSource({ original: 'é1', start: 0, change, text: 'x1' })([0, 1])).toBe('x');
  });

  it('takes time in proportion to a long run of accents', () => {
    const original = `a${'\u0301'.repeat(4_000)}b${'é'.repeat(4_000)}`;
    expect(quote(original, 'b')).toBe('b');
  });

  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.constantFrom(
      '👩‍💻',
      '№',
      '½',
      'e\u0301',
      '\u200c',
      '١',
      'İ',
      '🇩🇪',
      'क्ष',
      '\r\n',
      'ㄱ',
      'ㅏ',
      'zﾟ\u0301',
      ' ',
    ),
  );
  const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

  it('is a part of the original in whole characters, and holds what was composed of it', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        anyText,
        fc.nat(),
        fc.nat(),
        fc.constantFrom(compose, composePlainly),
        (original, a, b, change) => {
          const text = change(original);
          const [from = 0, to = 0] = [a, b].map((n) => n % (text.length + 1)).sort((x, y) => x - y);
          const source = quoteSource({ original, start: 0, change, text })([from, to]);
          const edges = new Set([...segmenter.segment(original)].map(({ index }) => index)).add(
            original.length,
          );
          const places = [...edges].filter(
            (at) => original.startsWith(source, at) && edges.has(at + source.length),
          );
          expect(places.length).toBeGreaterThan(0);
          expect(change(source)).toContain(text.slice(from, to));
        },
      ),
      { numRuns: 500 },
    );
  });
});

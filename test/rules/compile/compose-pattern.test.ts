import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composePattern } from '../../../lib/rules/compile/compose-pattern.ts';
import { composePlainly } from '../../../lib/text/compose.ts';
import { runs } from '../../support/runs.ts';

describe('composePattern', () => {
  it.each([
    ['^Info ℹ️$', '^Info i$'],
    ['^(?:👍|❤️)$', '^(?:👍|❤)$'],
    ['^1️⃣$', '^1$'],
    ['👩‍💻', '👩💻'],
    ['^می‌خواهم', '^میخواهم'],
    ['cafe\u0301', 'café'],
    ['^wait…$', '^wait\\.\\.\\.$'],
    ['½', '1⁄2'],
    ['\\u2116\\x20\\.', 'No \\.'],
    ['İptal|ışık', 'Iptal|işik'],
    ['٣{1,2}', '3{1,2}'],
    ['(?<=№)\\d', '(?<=No)\\d'],
    ['(?<n>ﬁ)+?', '(?<n>fi)+?'],
  ])('makes %s into %s', (source, composed) => {
    expect(composePattern(source)).toBe(composed);
  });

  it.each([
    ['cafe\u0301?', 'café?'],
    ['½+', '(?:1⁄2)+'],
    ['❤️{2}', '❤{2}'],
    ['👩‍💻*?', '(?:👩💻)*?'],
    ['x\u200c?y', 'xy'],
    ['می‌?خواهم', 'میخواهم'],
    ['❤️?', '❤?'],
    ['❤\\uFE0F?', '❤'],
    ['caf\\u0065\\u0301?', 'caf(?:é|e)'],
    ['👩\\u200D?', '👩'],
  ])('repeats what people see as one character: %s becomes %s', (source, composed) => {
    expect(composePattern(source)).toBe(composed);
  });

  it.each([
    ['n[º°]', 'n[o°]'],
    ['[e\u0301è]', '[éè]'],
    ['[½¼]', '(?:1⁄2|1⁄4)'],
    ['[½a]', '(?:1⁄2|[a])'],
    ['[a-z№]+', '[a-z]+'],
    ['[a-z№]', '(?:No|[a-z])'],
    ['[٠-٩]', '[٠-٩0123456789]'],
    ['[①-③]', '[①-③123]'],
    ['[❤️👩‍💻]', '[❤👩💻]'],
    ['[1️⃣2️⃣]', '[12]'],
    ['[\\]ı\\-^]', '[\\]i\\-\\^]'],
    ['[^º]', '[^o]'],
    ['[^½]+', '(?:(?!1⁄2)[^])+'],
    ['[1-5]️⃣', '[1-5]'],
    ['\\d\\uFE0F?\\u20E3', '\\d'],
  ])('composes the members of a class: %s becomes %s', (source, composed) => {
    expect(composePattern(source)).toBe(composed);
  });

  // A class took such a letter apart, into one that it then took without its mark, and the mark.
  it.each([
    ['[\u0915\u093c\u0916\u093c]', '(?:\u0915\u093c|\u0916\u093c)'],
    ['[\u0958\u0916\u093c]+', '(?:\u0915\u093c|\u0916\u093c)+'],
    ['[अ\u09a1\u09bc]', '(?:\u09a1\u09bc|[अ])'],
    ['[च\u093c]', '(?:च\u093c)'],
    ['[^\u0915\u093c]', '(?:(?!\u0915\u093c)[^])'],
    ['[\u05e9\u05c1\u05e9\u05c2]', '(?:\u05e9\u05c1|\u05e9\u05c2)'],
    ['[\u0f40\u0fb5]', '(?:\u0f40\u0fb5)'],
    ['[а\u0301е\u0301]', '(?:а\u0301|е\u0301)'],
    ['[m\u0303n\u0303]', '(?:m\u0303|[ñ])'],
    ['[か\u309aか\u3099]', '(?:か\u309a|[が])'],
    ['\u0915\u093c+', '(?:\u0915\u093c)+'],
    ['m\u0303?', '(?:m\u0303)?'],
  ])(
    'keeps a letter together that is always written with its mark apart: %s becomes %s',
    (source, composed) => {
      expect(composePattern(source)).toBe(composed);
    },
  );

  it.each([
    ['[का]'],
    ['[अआइ\u093e\u093f]'],
    ['[א-ת\u05b0\u05b1]'],
    ['[את\u05b0\u05b1]'],
    ['[ابي\u064e\u064f]'],
    ['[\\u0300-\\u036F]'],
    ['m\\u0303+'],
  ])('leaves marks alone that are listed by themselves: %s', (source) => {
    expect(composePattern(source)).toBe(source);
  });

  // The message has one character where letter and mark were typed, and the class had only the two.
  it.each([
    ['[ｱ-ﾝﾞﾟ]+', 'ｶﾞﾊﾟﾝ', 'カバン'],
    ['[ｦ-ﾟ]', 'ｳﾞ', 'ヷ'],
    ['[a-z\\u0301]', 'e\u0301', 'Ś'],
    ['[A-Z\\p{M}]+', 'E\u0302\u0301', 'ñandú'],
    ['[अ-ह\u093c]', '\u0929', '\u0931'],
  ])('lets %s take what composing makes of its members, in %s and %s', (source, ...texts) => {
    const composed = new RegExp(`^${composePattern(source)}$`, 'iu');
    for (const text of texts) expect(composePlainly(text)).toMatch(composed);
  });

  it.each([
    ['[ㄱ-ㅎㅏ-ㅣ]+', '네'],
    ['[ｱ-ﾝ]+', 'ガ'],
    ['[a-d\\u0301]', 'é'],
    ['[\\u0300-\\u036f]', 'ΐ'],
    ['[^a-z\\u0301]', 'é'],
  ])('lets %s take nothing else: not %s', (source, text) => {
    expect(composePlainly(text)).not.toMatch(new RegExp(`^${composePattern(source)}$`, 'iu'));
  });

  it.each([
    ['می[ \\u200c]خواهم', 'می[ ]?خواهم'],
    ['a[ \\u200c]+b', 'a[ ]*b'],
    ['a[ \\u200c]{2}b', 'a[ ]{0,2}b'],
    ['a[ \\u200c]{1,2}?b', 'a[ ]{0,2}?b'],
    ['[آ-ی\\u200c ]+', '[آ-ی ]+'],
    ['[\\u200c\\u200d]*x', 'x'],
    ['[^\\u200c]', '[^]'],
  ])('lets what is not seen be absent, between letters only: %s becomes %s', (source, composed) => {
    expect(composePattern(source)).toBe(composed);
  });

  it.each([
    ['^order #?(?<n>\\d{3,12})[.!?]?$'],
    ['[\\u0600-\\u06FF]{1,9}'],
    ['[\\u0080-\\uFFFF]{1,9}'],
    ['[🇩🇪👍]{1,9}'],
    ['👍🏽?'],
    ['\\x41\\.\\u{1F44D}\\p{L}\\k<n>(?<n>x)'],
    ['(?=a)(?!b)(?<!c)\\bd\\B[]|[^]'],
    ['('],
  ])('leaves %s as it is written', (source) => {
    expect(composePattern(source)).toBe(source);
  });

  const literal = fc.oneof(
    fc.constantFrom(...'ab½№ı٣é.*[]()^-'),
    fc.constantFrom('e\u0301', '❤️', '1️⃣', '👩‍💻', '\u200c', '🇩🇪'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
  );
  const texts = fc.array(literal, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));

  it('always makes a regular expression that matches the composed text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const source = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
        expect(composePlainly(text)).toMatch(new RegExp(`^${composePattern(source)}$`, 'iu'));
        expect(composePlainly(text)).toMatch(new RegExp(`^${composePattern(`(?:x|${source})`)}$`, 'iu'));
      }),
      { numRuns: runs(150, 2_000) },
    );
  });

  it('always makes a regular expression of classes and repetitions as well', () => {
    const times = fc.constantFrom('', '?', '+', '*?', '{2}', '{0,3}');
    const part = fc.oneof(
      fc.tuple(texts, times).map(([text, more]) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&') + more),
      fc
        .tuple(texts, fc.constantFrom('[', '[^', '[\\d'), times)
        .map(([text, open, more]) => `${open}${text.replace(/[\\\]^[-]/g, '\\$&')}]${more}`),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const source = parts.join('');
        expect(() => new RegExp(source, 'iu')).not.toThrow();
        expect(() => new RegExp(composePattern(source), 'iu')).not.toThrow();
      }),
      { numRuns: runs(150, 2_000) },
    );
  });
});

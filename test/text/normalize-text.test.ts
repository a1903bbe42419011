import { describe, expect, it } from 'vitest';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { everyCharacter } from './characters.ts';

describe('normalizeText', () => {
  it.each([
    ['case', 'HeLLo', 'hello'],
    ['surrounding white space', ' \t hello\n', 'hello'],
    ['a run of white space inside', 'opening \n  hours', 'opening hours'],
    ['a run of white space inside, where not all is ASCII', 'ça \n va', 'ça va'],
    ['what ends a sentence', 'hello!!?..', 'hello'],
    ['what ends a sentence in other scripts', 'こんにちは。', 'こんにちは'],
    ['a space before what ends it', 'ça va ?', 'ça va'],
    ['the marks that open a Spanish sentence', '¡Hola!', 'hola'],
    ['full-width letters', 'ＨＥＬＬＯ', 'hello'],
    ['how an accent is composed', 'cafe\u0301', 'café'],
    ['curly apostrophes', 'don’t', "don't"],
    ['sharp s written as two', 'STRASSE', 'strasse'],
    ['sharp s itself', 'Straße', 'strasse'],
    ['direction marks', '\u200ehello\u200f', 'hello'],
    ['the variation selector of an emoji', '❤\ufe0f', '❤'],
  ])('ignores %s', (_, written, normal) => {
    expect(normalizeText(written)).toBe(normal);
  });

  it.each([
    ['İptal', 'iptal'],
    ['İPTAL', 'iptal'],
    ['i\u0307ptal', 'iptal'],
    ['SİPARİŞ', 'sipariş'],
    ['I\u0307stanbul', 'istanbul'],
    ['IŞIK', 'işik'],
    ['ışık', 'işik'],
  ])('lets the four letters i of Turkish meet in any case: %s', (written, normal) => {
    expect(normalizeText(written)).toBe(normal);
  });

  it.each([
    ['Arabic-Indic', '١٢'],
    ['Persian', '۱۲'],
    ['Devanagari', '१२'],
    ['Thai', '๑๒'],
    ['full-width', '１２'],
    ['mathematical', '𝟏𝟐'],
    ['segmented', '\u{1fbf1}\u{1fbf2}'],
    ['the second row of Myanmar', '\u{116db}\u{116dc}'],
    ['keycap', '1\ufe0f\u20e32\ufe0f\u20e3'],
    ['keycap without its selector', '1\u20e32\u20e3'],
  ])('reads %s digits as 0 to 9', (_, digits) => {
    expect(normalizeText(digits)).toBe('12');
  });

  it('reads the keycap of ten as 10, and those of # and * as the signs', () => {
    expect(normalizeText('🔟')).toBe('10');
    expect(normalizeText('#️⃣1')).toBe('#1');
  });

  it.each([
    ...['\u2800', '\u3164', '\u115f\u1160', '\u034f', '\0', '\uffa0', '\u180e', '\u00ad', '\u200b', '\u200d'],
    ...['\u{e0067}', '\u061c', '\u2060', '\ufeff', '\u17b5', '\u0007', '\u{1d173}'],
  ])('does not see the invisible %j', (invisible) => {
    expect(normalizeText(`${invisible}h${invisible}i${invisible}`)).toBe('hi');
    expect(normalizeText(invisible)).toBe('');
  });

  it.each([...'‘’‛ʼʻʹʽ`´῍＇׳′❛❜ߴ'])('takes %s for an apostrophe', (sign) => {
    expect(normalizeText(`don${sign}t`)).toBe("don't");
  });

  it.each([...'“”„«»＂״″❝❞', "''", '’’'])('takes %s for a quotation mark', (sign) => {
    expect(normalizeText(`a${sign}b`)).toBe('a"b');
  });

  it.each([...'‐‑‒–—―−﹣－־'])('takes %s for a dash', (sign) => {
    expect(normalizeText(`opt${sign}in`)).toBe('opt-in');
  });

  it.each([
    '1)',
    '(1)',
    '[1]',
    '"1"',
    '“1”',
    '„1“',
    '«1»',
    "'1'",
    '*1*',
    '_1_',
    '~1~',
    '`1`',
    '「1」',
    '( 1',
    '1 *',
  ])('drops the quotes, brackets and markup of %s', (text) => {
    expect(normalizeText(text)).toBe('1');
  });

  it.each(['yes 👍', 'yes👍🏽!', 'yes ❤️', 'YES 👩🏽‍💻🇩🇪', 'yes 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'yes ✔️ .', '*yes* 🙏🙏'])(
    'drops the emoji after %s',
    (text) => {
      expect(normalizeText(text)).toBe('yes');
    },
  );

  // Composing made letters or dashes of them before they were looked for.
  it.each([
    ...['yes ℹ️', 'yes ™️', 'yesⓂ️', 'yes 🈁', 'yes ㊗️!', '“yes” 🈷️ 👍', 'yes 👍 ℹ️ ❤', 'yes 🈚´', 'yes 〰️'],
    ...['yes〜', '〜yes〜', 'yes〰', '(yes〜)', 'yes ～'],
  ])(
    'drops what composing turns into something else, and people see as a picture or a wave, from %s',
    (text) => {
      expect(normalizeText(text)).toBe('yes');
    },
  );

  it.each([
    ['yes ™', 'yes tm'],
    ['infoℹ', 'infoi'],
    ['yes 🈚\ufe0e', 'yes 無'],
    ['table 🔟', 'table 10'],
    ['brand®️', 'brand®'],
    ['ℹ️ desk', 'i desk'],
    ['10〜20', '10-20'],
    ['ℹ️', 'i'],
    ['(ℹ️)!', 'i'],
    ['👍ℹ️', '👍i'],
    ['〜', '-'],
  ])('keeps what is text, a number or all that there is: %s', (text, normal) => {
    expect(normalizeText(text)).toBe(normal);
  });

  it.each(['Այո՜', 'այո՞', 'ա՛յո', 'Այո։'])('does not see the tone that is marked in %s', (text) => {
    expect(normalizeText(text)).toBe('այո');
  });

  it.each([
    ['👍', '👍'],
    ['👍🏽!', '👍'],
    ['"👍"', '👍'],
    ['❤️', '❤'],
    ['👍👍', '👍👍'],
    ['🇩🇪', '🇩🇪'],
    ['👍 yes', '👍 yes'],
  ])('keeps the emoji of %s', (text, normal) => {
    expect(normalizeText(text)).toBe(normal);
  });

  it('tells the flags of England and Scotland apart, which differ in tags alone', () => {
    expect(normalizeText('🏴󠁧󠁢󠁥󠁮󠁧󠁿')).not.toBe(normalizeText('🏴󠁧󠁢󠁳󠁣󠁴󠁿'));
  });

  it.each([['?'], ['...'], ['!'], ['*'], [':)'], ['"']])(
    'keeps %s when nothing else would be left',
    (mark) => {
      expect(normalizeText(mark)).toBe(mark);
    },
  );

  it.each([
    [' ?\n', '?'],
    ['\u3000。 ', '。'],
  ])('drops the white space around %j all the same', (text, mark) => {
    expect(normalizeText(text)).toBe(mark);
  });

  it('writes a sigma in one way, wherever it stands', () => {
    expect(normalizeText('ΟΔΟΣ')).toBe('οδοσ');
  });

  it.each([['#1'], ['/start'], ['c#'], ['50%'], ['a-b'], ['brand®'], ['-1'], ['ja, gerne']])(
    'keeps the signs of %s',
    (text) => {
      expect(normalizeText(text)).toBe(text);
    },
  );

  it.each([
    ['ΟΔΟΣ', 'οδος'],
    ['ĲSSEL', 'ijssel'],
    ['ǅem', 'Ǆem'],
    ['ﬁn', 'FIN'],
    ['K', 'k'],
    ['Å', 'å'],
    ['Ω', 'ω'],
    ['ᲒᲐᲛᲐᲠᲯᲝᲑᲐ', 'გამარჯობა'],
    ['ᏣᎳᎩ', 'ꮳꮃꭹ'],
    ['𞤀𞤁', '𞤢𞤣'],
    ['𐐀𐐁', '𐐨𐐩'],
  ])('is blind to the case of %s and %s', (one, other) => {
    expect(normalizeText(one)).toBe(normalizeText(other));
  });

  it('is the same for each character in every case and composition, and settled after one pass', () => {
    for (const character of everyCharacter()) {
      const text = `a${character}b`;
      const normal = normalizeText(text);
      const forms = [
        normal,
        text.toUpperCase(),
        text.toLowerCase(),
        text.normalize('NFD'),
        text.normalize('NFKD').toUpperCase(),
        `a${character}\ufe0fb`,
      ];
      for (const form of forms) {
        if (normalizeText(form) !== normal) {
          expect.fail(`U+${character.codePointAt(0)?.toString(16)} as ${JSON.stringify(form)}`);
        }
      }
    }
  });

  it('takes time in proportion to a long run of dots, brackets or spaces', () => {
    // Quadratic, this would take minutes and run into the test's time limit.
    for (const mark of ['.', '(', 'é ', '\u3000', '👍', 'ℹ️', '〜', 'ℹ️ ']) {
      expect(normalizeText(`${mark.repeat(300_000)}x`).length).toBeGreaterThan(0);
    }
  });
});

it('emoji that show as text count for nothing behind a word, nor do waves before it', () => {
  for (const written of ['hi ❤', 'hi ❤❤ ✌', 'hi \u{1F1E9}', '〜〜 hi', '〜 〜hi'])
    expect(normalizeText(written)).toBe('hi');
});

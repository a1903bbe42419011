import { describe, expect, it } from 'vitest';
import { normalizeText, toWords } from '../../lib/text/normalize-text.ts';

describe('normalizeText', () => {
  it.each([
    ['case', 'HeLLo', 'hello'],
    ['surrounding white space', ' \t hello\n', 'hello'],
    ['a run of white space inside', 'opening \n  hours', 'opening hours'],
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

  it.each([['?'], ['...'], ['!']])('keeps %s when nothing else would be left', (mark) => {
    expect(normalizeText(mark)).toBe(mark);
  });

  it.each([['#1'], ['/start'], ['c#'], ['50%'], ['a-b']])('keeps the signs of %s', (text) => {
    expect(normalizeText(text)).toBe(text);
  });

  it('is blind to case, and settled after one pass, for every character up to the emoji', () => {
    for (let code = 0; code < 0x20000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const text = `a${String.fromCodePoint(code)}b`;
      const normal = normalizeText(text);
      if (
        normalizeText(normal) !== normal ||
        normalizeText(text.toUpperCase()) !== normal ||
        normalizeText(text.toLowerCase()) !== normal
      ) {
        expect.fail(`U+${code.toString(16)}`);
      }
    }
  });

  it('takes time in proportion to a long run of dots', () => {
    // Quadratic, this would take minutes and run into the test's time limit.
    expect(normalizeText(`${'.'.repeat(300_000)}x`)).toHaveLength(300_001);
  });
});

describe('toWords', () => {
  it.each([
    ['My REFUND, please!', ['my', 'refund', 'please']],
    ["I don't", ['i', 'don', 't']],
    ['a  b\n c', ['a', 'b', 'c']],
    ['thumbs 👍🏽 up', ['thumbs', '👍', '🏽', 'up']],
    ['5€', ['5', '€']],
    ['返金して', ['返', '金', 'し', 'て']],
    ['Orderありがとう', ['order', 'あ', 'り', 'が', 'と', 'う']],
    ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
    ['… !', []],
  ])('reads %j as %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });
});

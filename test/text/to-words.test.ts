import { describe, expect, it } from 'vitest';
import { isPunctuation, toWords, withoutSign } from '../../lib/text/to-words.ts';
import { everyCharacter } from './characters.ts';

describe('toWords', () => {
  it.each([
    ['My REFUND, please!', ['my', 'refund', 'please']],
    ['a  b\n c', ['a', 'b', 'c']],
    ['5€ + 3$', ['5', '€', '+', '3', '$']],
    ['返金して', ['返', '金', 'し', 'て']],
    ['Orderありがとう', ['order', 'あ', 'り', 'が', 'と', 'う']],
    ['नमस्ते दुनिया', ['नमस्ते', 'दुनिया']],
    ['می‌خواهم', ['میخواهم']],
    ['… !', []],
    ['... !', []],
    ['a🇩', ['a', '🇩']],
    ['press 1️⃣', ['press', '1']],
    ['İSTANBUL’DA', ['istanbul', 'da']],
  ])('reads %j as %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });

  // ー and 〆 belong to several scripts at once, and made one word with the digit or the Latin letter beside them.
  it.each([
    ['コーヒー2つ', ['コ', 'ー', 'ヒ', 'ー', '2', 'つ']],
    ['ﾒﾆｭｰA', ['メ', 'ニ', 'ュ', 'ー', 'a']],
    ['3〆切', ['3', '〆', '切']],
    ['か\u309a2', ['か', '\u309a', '2']],
    ['x\u03233', ['x\u03233']],
  ])('reads each character of Japanese as a word, whichever scripts share it: %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });

  it.each([
    ["I won't", ['i', "won't"]],
    ['can’t, she’d, I’m, we’ll, you’re, I’ve', ["can't", "she'd", "i'm", "we'll", "you're", "i've"]],
    ["order's", ['order', 's']],
    ['l’été', ['l', 'été']],
    ["l'est", ['l', 'est']],
    ["d'accord", ['d', 'accord']],
    ["my order's status", ['my', 'order', 's', 'status']],
    ["xп'ять", ["xп'ять"]],
    ["dell'ordine", ['dell', 'ordine']],
    ['п’ять', ["п'ять"]],
    ['ג׳ירפה', ["ג'ירפה"]],
    ["rock 'n' roll", ['rock', 'n', 'roll']],
    ["5'4", ['5', '4']],
  ])('keeps a word with an apostrophe whole where its parts would be other words: %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });

  it.each([
    ['ich 🇩🇪🇫🇷', ['ich', '🇩🇪', '🇫🇷']],
    ['👩🏽‍💻x', ['👩💻', 'x']],
    ['👩💻', ['👩', '💻']],
    ['thumbs 👍🏽 up', ['thumbs', '👍', 'up']],
    ['❤️‍🔥❤️', ['❤🔥', '❤']],
    ['👨‍👩‍👧‍👦', ['👨👩👧👦']],
    ['🏽', ['🏽']],
    ['5 ™ ‼ ℹ️', ['5', 'tm', '‼', 'i']],
    ['no!! ‼️⁉️〰️', ['no', '‼', '⁉', '〰']],
    ['#️⃣ *⃣ 7️⃣ # *', ['#⃣', '*⃣', '7']],
  ])('reads an emoji as the word that people see: %s', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });

  it.each([
    ['we are #1', ['we', 'are', '#1']],
    ['＃１ @Bot', ['#1', '@bot']],
    ['#返金', ['#返', '金']],
    ['ann@bot.example c#', ['ann', 'bot', 'example', 'c']],
    ['# 1', ['1']],
  ])('keeps the sign that leads a word: %j', (text, words) => {
    expect(toWords(text)).toEqual(words);
  });

  // ‼️ ⁉️ 〰️ #️⃣ and *️⃣ were no words, so that no rule could look for them.
  it('reads every emoji, with its variation selector and without, as one and the same', () => {
    const keycaps = [...'0123456789#*'].map((sign) => `${sign}\u20e3`);
    const characters = Array.from({ length: 0x2_0000 }, (_, code) => String.fromCodePoint(code));
    const emoji = characters.filter((character) => /[\p{Extended_Pictographic}\p{RI}]/u.test(character));
    for (const one of [...emoji, ...keycaps]) {
      const selected = one.replace(/\u20e3?$/u, (box) => `\ufe0f${box}`);
      const words = toWords(one);
      expect(words.length, one).toBeGreaterThan(0);
      expect(toWords(selected), one).toEqual(words);
      expect(toWords(`a ${selected} ${one} b`), one).toEqual(['a', ...words, ...words, 'b']);
    }
  });

  it('reads its own words as the same words', () => {
    for (const character of everyCharacter()) {
      const words = toWords(`a${character}b ${character}`);
      if (toWords(words.join(' ')).join(' ') !== words.join(' ')) {
        expect.fail(`U+${character.codePointAt(0)?.toString(16)}`);
      }
    }
  });
});

describe('withoutSign', () => {
  it.each([
    ['#1', '1'],
    ['@bot', 'bot'],
    ['1', '1'],
    ['12', '12'],
    ['#', '#'],
  ])('%s: %s', (word, bare) => {
    expect(withoutSign(word)).toBe(bare);
  });
});

describe('a word is no more than punctuation', () => {
  it.each(['\u203C', '\u203C\u203C', '\u3030', '#\u20E3', '*\u20E3'])('as %s is', (word) => {
    expect(isPunctuation(word)).toBe(true);
  });

  it.each(['a', 'a!', '!a', 'é', '1', '#1', '7\u20E3', '$', '\u{1F4BB}', '\u{1F4BB}\u203C', ''])(
    'as %j is not',
    (word) => {
      expect(isPunctuation(word)).toBe(false);
    },
  );
});

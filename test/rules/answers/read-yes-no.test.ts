import { describe, expect, it } from 'vitest';
import { CARRIER_WORDS, STOP_WORDS } from '../../../lib/guards/stop-words.ts';
import { hasYesAndNo, readYesNo, YES_NO_LANGUAGES } from '../../../lib/rules/answers/read-yes-no.ts';
import { ignoreAccents } from '../../../lib/text/ignore-accents.ts';
import { normalizeText } from '../../../lib/text/normalize-text.ts';
import { YES_NO } from '../../../lib/text/yes-no.ts';

const read = (message: string, languages: readonly string[] = ['en'], language = languages[0] ?? '') =>
  readYesNo(normalizeText(message), languages, () => language);
const wordsOf = (list: string) => list.split(',').map((word) => word.trim());
const words = Object.entries(YES_NO).flatMap(([language, { yes, no, neither }]) => [
  ...wordsOf(yes).map((word) => ({ language, meaning: 'yes', word })),
  ...wordsOf(no).map((word) => ({ language, meaning: 'no', word })),
  ...(neither === undefined ? [] : wordsOf(neither)).map((word) => ({ language, meaning: undefined, word })),
]);

/** Ethnologue’s list of the most spoken, as far as people text in them, and four more. */
const LANGUAGES = 'ar bn de en es fr hi id it ja ko mr nl pl pt ru sv ta te tr uk ur vi zh'.split(' ');

describe('the words for yes and no', () => {
  it('are known in these languages, with and without a region', () => {
    expect([...YES_NO_LANGUAGES].toSorted()).toEqual(LANGUAGES);
    expect(['de', 'de-AT', 'DE_at', 'zh-Hant-TW'].filter(hasYesAndNo)).toHaveLength(4);
    expect(['xx', '', 'constructor', 'deu'].filter(hasYesAndNo)).toEqual([]);
  });

  it('stand as normalizeText leaves them, without commas and without white space around them', () => {
    expect(words.filter(({ word }) => word === '' || word !== normalizeText(word))).toEqual([]);
    expect(words.filter(({ word }) => /[,،、\n]/.test(word))).toEqual([]);
  });

  it('stand once in each language, accents or not', () => {
    const known = words.map(({ language, word }) => `${language}: ${ignoreAccents(word)}`);
    expect(known.filter((word, index) => known.indexOf(word) !== index)).toEqual([]);
  });

  it('are neither stop words nor anything else that Twilio answers, except yes itself', () => {
    const taken: readonly string[] = [...STOP_WORDS, ...CARRIER_WORDS];
    expect(words.filter(({ word }) => taken.includes(ignoreAccents(word)))).toEqual([]);
  });

  it('mean what they say in their language', () => {
    const wrong = words.filter(({ language, meaning, word }) => read(word, [language]) !== meaning);
    expect(wrong).toEqual([]);
  });

  it('meet their opposite in other languages only where this is known', () => {
    const meanings = Map.groupBy(words, ({ word }) => ignoreAccents(word));
    const opposed = [...meanings].filter(([, same]) => new Set(same.map(({ meaning }) => meaning)).size > 1);
    expect(opposed.map(([word]) => word).toSorted()).toEqual(['no', 'tak']);
  });
});

describe('readYesNo', () => {
  it.each([
    ['Yes! 👍', 'en', 'yes'],
    ['“YES”', 'en', 'yes'],
    ['*yes*', 'en', 'yes'],
    ['Yes, please.', 'en', 'yes'],
    ['That’s right', 'en', 'yes'],
    ['ｎｏ', 'en', 'no'],
    ['No,thanks', 'en', 'no'],
    ['Nein!!', 'de', 'no'],
    ['ja, gerne', 'de', 'yes'],
    ['naturlich', 'de', 'yes'],
    ['¡Sí!', 'es', 'yes'],
    ['si', 'es', 'yes'],
    ['Claro que sí', 'es', 'yes'],
    ['nao', 'pt', 'no'],
    ['NÃO', 'pt', 'no'],
    ['oui s’il vous plait', 'fr', 'yes'],
    ['HAYIR', 'tr', 'no'],
    ['hayır', 'tr', 'no'],
    ['Evet', 'tr', 'yes'],
    ['Да, конечно', 'ru', 'yes'],
    ['Нет.', 'ru', 'no'],
    ['так', 'uk', 'yes'],
    ['نَعَم', 'ar', 'yes'],
    ['أجل', 'ar', 'yes'],
    ['لا، شكراً', 'ar', 'no'],
    ['جی ہاں', 'ur', 'yes'],
    ['हाँ', 'hi', 'yes'],
    ['नहीं।', 'hi', 'no'],
    ['ज़रूर', 'hi', 'yes'],
    ['হ্যাঁ', 'bn', 'yes'],
    ['होय', 'mr', 'yes'],
    ['అవును', 'te', 'yes'],
    ['இல்லை', 'ta', 'no'],
    ['có', 'vi', 'yes'],
    ['Khong', 'vi', 'no'],
    ['네!', 'ko', 'yes'],
    ['ㄴㄴ', 'ko', 'no'],
    ['はい、お願いします。', 'ja', 'yes'],
    ['ﾊｲ', 'ja', 'yes'],
    ['いいえ', 'ja', 'no'],
    ['是的', 'zh', 'yes'],
    ['不用，谢谢', 'zh', 'no'],
    ['iya', 'id', 'yes'],
    ['Sì, grazie', 'it', 'yes'],
  ])('reads %j in %s as %s', (message, language, answer) => {
    expect(read(message, [language])).toBe(answer);
  });

  it.each([
    'yes or no?',
    'yes I would like to know more',
    'ok',
    'not sure',
    'no problem',
    'no yes',
    '/yes',
    '#yes',
    'y e s',
    'yesterday',
    'ja',
    'stop',
    '1',
    '?',
    '',
    `yes${' please'.repeat(600)}`,
  ])('does not take %j for an answer in English', (message) => {
    expect(read(message)).toBeUndefined();
  });

  it.each([
    ['👍', 'yes'],
    ['👍🏿', 'yes'],
    ['👍🏻👍🏻 👍', 'yes'],
    ['👎', 'no'],
    ['👎🏽!', 'no'],
    ['👍👎', undefined],
    ['👍 maybe', undefined],
    ['🙏', undefined],
  ])('reads the thumbs of %s in any language, also in one whose words are not known', (message, answer) => {
    expect(read(message, ['xx'])).toBe(answer);
    expect(read(message, ['en', 'ja'], 'ja')).toBe(answer);
  });

  it('takes the words of every language of the file, whichever the conversation is in', () => {
    expect(read('nein', ['en', 'de'], 'en')).toBe('no');
    expect(read('yes', ['en', 'de'], 'de')).toBe('yes');
    expect(read('nein', ['en'], 'en')).toBeUndefined();
    expect(read('yes', ['xx', 'en'], 'xx')).toBe('yes');
  });

  it('takes a language with a region for the language, on both sides', () => {
    expect(read('nein', ['en-US', 'de-AT'], 'en')).toBe('no');
    expect(read('tak', ['id-ID', 'pl-PL'], 'pl')).toBe('yes');
    expect(read('tak', ['id', 'pl'], 'PL-pl')).toBe('yes');
  });

  // Polish yes, and Indonesian not.
  it('counts a word that is yes in one language and no in another in the conversation’s language only', () => {
    expect(read('tak', ['id', 'pl'], 'pl')).toBe('yes');
    expect(read('tak', ['id', 'pl'], 'id')).toBe('no');
    expect(read('tak', ['en', 'id', 'pl'], 'en')).toBeUndefined();
    expect(read('tak', ['en', 'pl'], 'en')).toBe('yes');
  });

  it('does not trust the no of a Polish conversation, where it is a colloquial yes', () => {
    expect(read('no', ['pl'], 'pl')).toBeUndefined();
    expect(read('no', ['pl', 'en'], 'pl')).toBeUndefined();
    expect(read('no', ['pl', 'en'], 'en')).toBe('no');
    expect(read('no thanks', ['pl', 'en'], 'pl')).toBe('no');
  });

  it('knows no language by a name that every object has', () => {
    expect(read('yes', ['constructor', '__proto__'], 'constructor')).toBeUndefined();
  });
});

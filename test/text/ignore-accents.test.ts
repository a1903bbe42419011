import { describe, expect, it } from 'vitest';
import { ignoreAccents } from '../../lib/text/ignore-accents.ts';
import { normalizeText } from '../../lib/text/normalize-text.ts';
import { everyCharacter } from './characters.ts';

const plain = (text: string) => ignoreAccents(normalizeText(text));

describe('ignoreAccents', () => {
  it.each([
    ['olá', 'ola'],
    ['información', 'informacion'],
    ['Καλημέρα', 'Καλημερα'],
    ['за́мок', 'замок'],
    ['за\u0301\u0300мок', 'замок'],
    ['مَرْحَبًا', 'مرحبا'],
    ['مرحبـــا', 'مرحبا'],
    ['أهلا', 'اهلا'],
    ['שָׁלוֹם', 'שלום'],
    ['đồng ý', 'dong y'],
    ['wyłącz', 'wylacz'],
    ['Ħal Għaxaq', 'Hal Ghaxaq'],
    ['boŧŧu', 'bottu'],
    ['smørrebrød', 'smorrebrod'],
  ])('meets %s and %s', (one, other) => {
    expect(plain(one)).toBe(plain(other));
  });

  it.each([
    ['й', 'и'],
    ['ё', 'е'],
    ['ї', 'і'],
    ['ў', 'у'],
    ['ѓ', 'г'],
    ['कि', 'क'],
    ['क़', 'क'],
    ['น้ำ', 'นำ'],
    ['が', 'か'],
    ['가', '나'],
    ['தி', 'த'],
  ])('tells %s and %s apart, where the mark is part of the letter', (one, other) => {
    expect(plain(one)).not.toBe(plain(other));
  });

  it('keeps й and ё under a stress', () => {
    expect(plain('й\u0301ё\u0301')).toBe('йё');
  });

  it('is settled after one pass, for each character', () => {
    for (const character of everyCharacter()) {
      const once = plain(`a${character}b`);
      if (plain(once) !== once) expect.fail(`U+${character.codePointAt(0)?.toString(16)}`);
    }
  });
});

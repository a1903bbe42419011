import { describe, expect, it } from 'vitest';
import { bookOf, problemsOf } from '../support.ts';

const file = (languages: string) => `version: 1\nlanguages: ${languages}\nrules: []\n`;

describe('the languages of a file', () => {
  it('are kept in their order, the fallback first', () => {
    expect(bookOf(file('[de, pt-BR, fil]')).languages).toEqual(['de', 'pt-BR', 'fil']);
  });

  it.each([
    ['de', '2:12: The languages are a list, such as [en, de], not "de". The first is the fallback.'],
    ['[]', '2:12: This list is empty. Give at least one language, or leave the key out.'],
    ['[en, German]', '2:17: "German" is not a language code. Write a code such as en, de or pt-BR.'],
    ['[en, 5]', '2:17: 5 is not a language code. Write a code such as en, de or pt-BR.'],
    ['[en, de, en]', '2:21: "en" is listed twice. Keep one.'],
    [
      `[${Array.from({ length: 21 }, (_, place) => `a${String.fromCharCode(97 + place)}`)}]`,
      '2:12: At most 20 languages are allowed.',
    ],
  ])('are refused, and it is said how to write them: %s', (languages, problem) => {
    expect(problemsOf(file(languages))).toEqual([`rules.yaml:${problem}`]);
  });
});

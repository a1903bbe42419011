import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const rule = (id: string, when: string, then = '{ text: x }') =>
  `{ id: ${id}, when: { ${when} }, then: ${then} }`;
const ASK = rule('ask', 'keyword: ask', '{ text: Name?, wait: 1d }');
const NAME = rule('name', 'after: ask, answer: text');

describe('a rule that takes any text as the answer', () => {
  it('is noted with the keywords below it that are not heard', () => {
    expect(findingsOf(fileOf([ASK, NAME, rule('menu', 'keyword: [menu, 1]')]))).toEqual([
      'note: 4:45 While the question of "ask" is open, any text is its answer: "menu" and "1" below are not heard. ' +
        'Move what must always be heard above this rule.',
    ]);
  });

  it('is noted with the first of many', () => {
    const many = Array.from({ length: 20 }, (_, at) => rule(`r${at}`, `keyword: word ${at}`));
    expect(findingsOf(fileOf([ASK, NAME, ...many]))).toEqual([
      expect.stringContaining(
        '"word 0", "word 1", "word 2", "word 3", "word 4", "word 5" and 14 others below',
      ),
    ]);
  });

  it('is noted with what rules above find in answers', () => {
    expect(findingsOf(fileOf([ASK, rule('hours', 'includes: [open, close]'), NAME]))).toEqual([
      'note: 5:45 An answer that includes "open" and "close" does not come here: "hours" in line 4 above takes it. ' +
        'Move this rule up where answers may say so.',
    ]);
  });

  it.each([
    ['stand above it', [ASK, rule('menu', 'keyword: menu'), NAME]],
    [
      'answer another question',
      [
        ASK,
        NAME,
        rule('b', 'keyword: b', '{ text: B?, wait: 1d }').replace('keyword: b', 'pattern: ^b'),
        rule('c', 'after: b, keyword: c'),
      ],
    ],
    [
      'are no answer: stop words, and signs alone',
      [ASK, NAME, rule('s', "keyword: ['?', stop], channel: chat")],
    ],
    [
      'are heard where something else is asked',
      [ASK, rule('n', 'after: ask, answer: text, has: language'), rule('m', 'keyword: menu')],
    ],
  ])('is not noted with keywords that %s', (_, rules) => {
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });

  it.each([
    ['ignores what machines write', rule('auto', 'includes: out of office', '{ ignore: true }')],
    ['answers the same question', rule('own', 'after: ask, includes: open')],
    ['continues', rule('on', 'includes: open', '{ text: x, continue: true }')],
  ])('is not noted with a rule above that %s', (_, other) => {
    expect(findingsOf(fileOf([ASK, other, NAME]))).toEqual([]);
  });
});

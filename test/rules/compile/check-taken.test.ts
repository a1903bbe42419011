import { describe, expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const rule = (id: string, when: string, then = '{ text: x }') =>
  `{ id: ${id}, when: { ${when} }, then: ${then} }`;
const ASK = rule('ask', 'keyword: ask', '{ text: Q?, wait: 1d }');

describe('a keyword', () => {
  it.each([
    ['includes', 'includes: [open, close]', 'the message contains one of "open", "close"'],
    ['a pattern', 'pattern: ^open', 'the message matches /^open/'],
  ])('is noted where %s of an earlier rule takes it', (_, when, why) => {
    expect(findingsOf(fileOf([rule('a', when), rule('b', 'keyword: [x, open today]')]))).toEqual([
      `note: 4:35 "open today" never comes here: the rule "a" in line 3 takes it (${why}). Move this rule above that one.`,
    ]);
  });

  it('is noted where it is an answer that an earlier rule takes', () => {
    const rules = [
      ASK,
      rule('low', 'after: ask, answer: 0..6'),
      rule('six', 'after: ask, keyword: [6, six]'),
    ];
    expect(findingsOf(fileOf(rules))).toEqual([
      'note: 5:46 "6" never comes here: the rule "low" in line 4 takes it (the message answers with 0..6). Move this rule above that one.',
    ]);
  });

  it('is noted where an earlier rule takes whatever is the answer', () => {
    const rules = [ASK, rule('any', 'after: ask'), rule('six', 'after: ask, keyword: six')];
    expect(findingsOf(fileOf(rules))).toEqual([expect.stringContaining('"six" never comes here')]);
  });

  it.each([
    ['continues', 'includes: open', '{ text: x, continue: true }'],
    ['speaks once in a while', 'includes: open, once: 1d', '{ text: x }'],
    ['is for another channel', 'includes: open, channel: sms', '{ text: x }'],
    ['asks for a file', 'includes: open, media: true', '{ text: x }'],
    ['asks for a value', 'includes: open, has: language', '{ text: x }'],
    ['is found by another word', 'includes: opening', '{ text: x }'],
  ])('is not noted where the earlier rule %s', (_, when, then) => {
    expect(findingsOf(fileOf([rule('a', when, then), rule('b', 'keyword: open today')]))).toEqual([]);
  });

  it('is not noted where the earlier rule answers another question', () => {
    const other = rule('other', 'keyword: other', '{ text: Q?, wait: 1d }');
    const rules = [
      ASK,
      other,
      rule('any', 'after: ask, answer: number'),
      rule('two', 'after: other, keyword: 2'),
    ];
    expect(findingsOf(fileOf(rules))).toEqual([]);
  });
});

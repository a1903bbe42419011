import { describe, expect, it } from 'vitest';
import { bookOf } from '../support.ts';
import { problemsOf } from './answer.ts';

const DAY = 86_400_000;

const waitsOf = (wait: string) =>
  bookOf(`version: 1
rules:
  - { id: q, when: { keyword: q }, then: [{ text: Well. }, { text: What?, wait: ${wait} }] }
  - { id: a, when: { after: q, keyword: a }, then: { text: a } }
`).rules[0]?.waits;

describe('wait', () => {
  it.each([
    ['1h', { ms: DAY / 24 }],
    ['30d', { ms: 30 * DAY }],
    ['true', { ms: DAY }],
    ['{ for: 2d }', { ms: 2 * DAY }],
    ['{ keep: true }', { ms: DAY, keep: true }],
    ['{ for: 1h, keep: true }', { ms: DAY / 24, keep: true }],
    ['{ for: 1h, keep: false }', { ms: DAY / 24 }],
  ])('%s', (wait, expected) => {
    expect(waitsOf(wait)).toEqual(expected);
  });

  it.each([
    ['{ text: x, wait: 31d }', '"31d" is longer than 30 days. Write at most 30d, such as 90m or 8h.'],
    ['{ text: x, wait: false }', '"wait" is true (a day), or a duration such as 8h, not false.'],
    ['{ text: x, wait: 5 }', '"wait" is true (a day), or a duration such as 8h, not 5.'],
    ['{ text: x, wait: yes }', '"wait" is true (a day), or a duration such as 8h, not "yes".'],
    [
      '{ text: x, wait: { for: yes } }',
      '"yes" is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most 30d.',
    ],
    ['{ text: x, wait: { keep: yes } }', '"keep" is true or false, not "yes".'],
    [
      '{ text: x, wait: { kep: true } }',
      'The key "kep" is not known here. Allowed: for, keep. Did you mean "keep"?',
    ],
    ['{ text: x, keep: true }', 'The key "keep" goes into the wait: write "wait: { for: 1d, keep: true }".'],
    [
      '[{ text: x, wait: 1d }, { text: y }]',
      '"wait" stands in the last action: what is said last is the question.',
    ],
    ['{ remember: { a: 1 }, wait: 1d }', '"wait" stands beside the text, template or media that asks.'],
    ['[{ text: x }, { wait: 1d }]', '"wait" stands beside the text, template or media that asks.'],
    ['{ handover: true, wait: 1d }', '"wait" stands beside the text, template or media that asks.'],
    [
      '{ text: x, wait: 1d, continue: true }',
      '"continue" lets the rules below decide, so it cannot stand with "wait". Keep one of them.',
    ],
  ])('may not be %s', (then, problem) => {
    expect(problemsOf(then)).toContain(problem);
  });
});

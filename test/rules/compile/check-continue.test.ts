import { expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

/** Four rules that continue and ask for these, and one that decides. */
const four = (...conditions: readonly string[]) => [
  ...conditions.map(
    (when, place) => `{ id: c${place + 1}, when: { ${when} }, then: { text: x, continue: true } }`,
  ),
  '{ id: ask, when: { keyword: ask }, then: { text: Q?, wait: 1d } }',
  '{ id: answer, when: { after: ask, answer: number }, then: { text: x } }',
];
const HOURS = 'hours: { shop: { mon-fri: 09:00-17:00 } }\nlanguages: [en, de]\n';
const noted = (rules: readonly string[]) =>
  findingsOf(fileOf(rules, HOURS)).filter((one) => one.includes('which all continue'));

it.each([
  ['words that one message may have', ['includes: a', 'includes: b', 'includes: c', 'includes: d']],
  ['nothing of its words', ['once: 1d', 'first: 1d', 'closed: shop', 'has: language']],
  [
    'a keyword, and words in it',
    ['keyword: [x, open now]', 'includes: open', 'includes: [later, now]', 'unless: { channel: sms }'],
  ],
])('the fourth rule that continues is noted where all ask for %s', (_, conditions) => {
  expect(noted(four(...conditions))).toEqual([
    'note: 6:11 One message may meet "c1", "c2", "c3" and "c4", which all continue, and at most 3 do: then this one says nothing. Say it in one of those, or let their conditions shut one another out.',
  ]);
});

it('only the first such rule is noted, with those that it may meet', () => {
  const rules = four(
    'channel: sms',
    'once: 1d',
    'channel: chat',
    'first: 1d',
    'media: true',
    'media: false, channel: chat',
    'has: language',
  );
  expect(noted(rules)).toEqual([
    expect.stringContaining('note: 7:11 One message may meet "c1", "c2", "c4" and "c5"'),
  ]);
});

it.each([
  ['keywords', ['keyword: a', 'keyword: b', 'keyword: c', 'keyword: d']],
  ['a keyword and words that are not in it', ['keyword: open', 'includes: a', 'includes: b', 'includes: c']],
  ['channels', ['channel: sms', 'channel: chat', 'includes: a', 'includes: b']],
  ['hours', ['open: shop', 'closed: shop', 'includes: a', 'includes: b']],
  ['files', ['media: true', 'media: false', 'includes: a', 'includes: b']],
  ['values', ['where: { language: de }', 'where: { language: en }', 'includes: a', 'includes: b']],
  ['events', ['event: onParticipantAdded', 'first: 1d', 'includes: a', 'includes: b']],
])('nothing is noted where %s shut them out', (_, conditions) => {
  expect(noted(four(...conditions))).toEqual([]);
});

it('nothing is noted where the fourth decides', () => {
  const rules = four('includes: a', 'includes: b', 'includes: c');
  expect(noted([...rules, '{ id: last, when: { includes: d }, then: { text: x } }'])).toEqual([]);
});

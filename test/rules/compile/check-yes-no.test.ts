import { expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const RULES = [
  '{ id: q, when: { keyword: q }, then: { text: Q?, wait: 1d } }',
  '{ id: a, when: { after: q, answer: yes }, then: { text: x } }',
  '{ id: b, when: { after: q, answer: no }, then: { text: x } }',
];

it('languages of which no yes and no are known are noted once, where they are asked for', () => {
  expect(findingsOf(fileOf(RULES, 'languages: [en, tlh, de-AT]\n'))).toEqual([
    'note: 4:40 No words for yes and no are known in tlh: there only 👍 and 👎 answer. Add a rule with the words as its keywords.',
  ]);
  expect(findingsOf(fileOf(RULES, 'languages: [en, de-AT]\n'))).toEqual([]);
});

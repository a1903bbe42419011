import { expect, it } from 'vitest';
import { findingsOf } from './findings.ts';

const file = (count: number) =>
  `version: 1\nrules:\n  - id: a\n    when: { keyword: a }\n    then:\n      remember:\n${Array.from({ length: count }, (_, at) => `        n${at}: x\n`).join('')}`;

it('a file may remember 16 names, and no more', () => {
  expect(findingsOf(file(16))).toEqual([]);
  expect(findingsOf(file(17))).toEqual([
    '23:9 This file remembers 17 names; at most 16 are kept. Use a name again, or leave one out.',
  ]);
});

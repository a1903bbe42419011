import { expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

const rules = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `{ id: r${at}, when: { keyword: w${at}, once: 1d }, then: { text: x } }`,
  );

it('more than 32 "once" are noted, for no more are remembered', () => {
  expect(findingsOf(fileOf(rules(32)))).toEqual([]);
  expect(findingsOf(fileOf(rules(33)))).toEqual([
    expect.stringMatching(
      /^note: 35:44 "once" stands in 33 rules and items of an "otherwise"; of a conversation the last 32/,
    ),
  ]);
});

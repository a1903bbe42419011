import { expect, it } from 'vitest';
import { fileOf, findingsOf } from './findings.ts';

it.each([
  ['near', '"near" never takes a keyword, so this rule is never reached.'],
  ['includes', 'the whole message is the keyword, and includes this.'],
])('"keyword" and "%s" in one rule are noted: both must hold', (name, why) => {
  expect(
    findingsOf(fileOf([`{ id: a, when: { keyword: hello, ${name}: hello }, then: { text: x } }`])),
  ).toEqual([
    expect.stringContaining(`"keyword" and "${name}" stand in one rule, and both must hold: ${why}`),
  ]);
});

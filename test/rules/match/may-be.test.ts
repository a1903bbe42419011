import { expect, it } from 'vitest';
import { mayBe } from '../../../lib/rules/match/may-be.ts';

it.each([
  ['what holds', true, undefined, true],
  ['what does not', false, undefined, false],
  ['what depends on something that was not read', false, 'participant', true],
] as const)('%s may be so or not, and nothing is read for it', (_, holds, missing, expected) => {
  let unasked = 0;
  const facts = {
    missing: () => missing,
    unask: () => {
      unasked += 1;
    },
  };
  expect(mayBe(facts as never, () => holds)).toBe(expected);
  expect(unasked).toBe(1);
});

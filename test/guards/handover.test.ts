import { expect, it } from 'vitest';
import { isWayBack } from '../../lib/guards/handover.ts';
import { messageAdded } from '../rules/support.ts';

const comesBack = (Body: string, over: object = {}) =>
  isWayBack({
    event: messageAdded({ Body }),
    at: 5,
    conversation: { handover: { at: 0, until: 10, back: ['para', 'menu'], ...over } },
  });

it.each([
  ['Menu!', {}, true],
  ['menú', {}, true],
  ['para', {}, true],
  ['something else', {}, false],
  ['', {}, false],
  ['menu '.repeat(200), {}, false],
  [`menu ${'👍'.repeat(100)}`, {}, true],
  [`menu${'!'.repeat(5_000)}`, {}, true],
  ['para', { keywords: ['para'] }, false],
  ['pará', { keywords: ['para'] }, true],
  ['menu', { keywords: ['para'] }, true],
  ['menu', { until: 5 }, false],
  ['menu', { at: 6 }, false],
])('%j comes back from %j: %s', (body, over, expected) => {
  expect(comesBack(body, over)).toBe(expected);
});

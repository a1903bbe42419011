import { expect, it } from 'vitest';
import { tooOld } from '../../lib/guards/too-old.ts';

const AGE = 1_000;
const stops = (now: number, answerUntil?: number) =>
  tooOld.stops({ at: 0, now, maxAgeMs: AGE, ...(answerUntil !== undefined && { answerUntil }) } as never);

it('what is too old is answered to the last moment that an operator allows', () => {
  expect([AGE, AGE + 1].map((now) => stops(now))).toEqual([false, true]);
  expect([AGE + 1, 5_000, 5_001].map((now) => stops(now, 5_000))).toEqual([false, false, true]);
});

import * as z from 'zod/mini';
import { showDuration } from '../match/show-duration.ts';
import { say, show } from './shapes.ts';
import { toMs, UNITS } from './to-ms.ts';

const MAX_DAYS = 30;

/** The same for editors, but for how long it may be. */
export const DURATION_OR_ZERO = {
  type: ['string', 'integer'],
  pattern: '^(?:0|\\d+\\s?[smhd])$',
  minimum: 0,
  maximum: 0,
};

/** A number and one of s, m, h and d, at most 30 days; `0` needs no unit. Milliseconds come out. */
export const durationOrZero = durationFrom(0, '; 0 for none');

/** A number and one of s, m, h and d, at most 30 days. Milliseconds come out. */
export const duration = durationFrom(1, '');

/** @param least milliseconds */
export function durationFrom(least: number, rest: string) {
  return z.pipe(
    z.unknown().check(
      z.refine(
        (value) => toMs(value) !== undefined,
        say(
          (input) =>
            `${show(input)} is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most ${MAX_DAYS}d${rest}.`,
        ),
      ),
      z.refine(
        (value) => (toMs(value) ?? 0) <= MAX_DAYS * UNITS.d,
        say(
          (input) =>
            `${show(input)} is longer than ${MAX_DAYS} days. Write at most ${MAX_DAYS}d, such as 90m or 8h${rest}.`,
        ),
      ),
      z.refine(
        (value) => (toMs(value) ?? least) >= least,
        say(
          (input) => `${show(input)} is too short. Write at least ${showDuration(Math.max(least, UNITS.s))}.`,
        ),
      ),
    ),
    z.transform((value) => toMs(value) ?? 0),
  );
}

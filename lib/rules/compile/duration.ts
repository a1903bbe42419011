import * as z from 'zod/mini';
import { say, show } from './shapes.ts';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d+)\s?([smhd])$/;
const MAX_DAYS = 30;

/** A number and one of s, m, h and d, at most 30 days; `0` needs no unit. Milliseconds come out. */
export const durationOrZero = z.pipe(
  z.unknown().check(
    z.refine(
      (value) => toMs(value) !== undefined,
      say(
        (input) =>
          `${show(input)} is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most ${MAX_DAYS}d; 0 for none.`,
      ),
    ),
    z.refine(
      (value) => (toMs(value) ?? 0) <= MAX_DAYS * UNITS.d,
      say(
        (input) =>
          `${show(input)} is longer than ${MAX_DAYS} days. Write at most ${MAX_DAYS}d, such as 90m or 8h; 0 for none.`,
      ),
    ),
  ),
  z.transform((value) => toMs(value) ?? 0),
);

function toMs(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  const [, count, unit] = typeof value === 'string' ? (DURATION.exec(value) ?? []) : [];
  return count === undefined ? undefined : Number(count) * UNITS[unit as keyof typeof UNITS];
}

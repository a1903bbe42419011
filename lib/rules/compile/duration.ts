import * as z from 'zod/mini';
import { say, show } from './shapes.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const DURATION = /^(\d{1,6})\s?([smhd])$/;
const MAX_MS = 30 * 86_400_000;

/** A number and one of s, m, h and d, at most 30 days; `0` needs no unit. Milliseconds come out. */
export const durationOrZero = z.pipe(
  z.unknown().check(
    z.refine(
      (value) => (toMs(value) ?? MAX_MS + 1) <= MAX_MS,
      say(
        (input) =>
          `${show(input)} is not a duration. Write a number and s, m, h or d, such as 90m or 8h, at most 30d; 0 for none.`,
      ),
    ),
  ),
  z.transform((value) => toMs(value) ?? 0),
);

function toMs(value: unknown): number | undefined {
  if (value === 0 || value === '0') return 0;
  const [, count, unit = ''] = typeof value === 'string' ? (DURATION.exec(value) ?? []) : [];
  return count === undefined ? undefined : Number(count) * (UNITS[unit] ?? 0);
}

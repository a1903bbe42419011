import { rangesIntoDay, rangesOf } from './day-ranges.ts';
import type { OpeningHours, Range } from './opening-hours.ts';
import { wallClock } from './wall-clock.ts';

/**
 * Whether the clock on the wall shows a time within the hours. So what is skipped in spring is never open, and an hour
 * that comes twice in autumn is open, or closed, both times.
 *
 * @param at milliseconds since the epoch
 */
export function isOpen(hours: OpeningHours, timezone: string, at: number): boolean {
  const { date, weekday, minutes } = wallClock(at, timezone);
  const holds = ([start, end]: Range) => start <= minutes && minutes < end;
  return rangesOf(hours, date, weekday).some(holds) || rangesIntoDay(hours, date, weekday).some(holds);
}

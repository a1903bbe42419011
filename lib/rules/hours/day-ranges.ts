import { addDays, DAY_MINUTES } from './calendar.ts';
import type { OpeningHours, Range } from './opening-hours.ts';

/** The ranges that begin on this day. */
export function rangesOf(hours: OpeningHours, date: string, weekday: number): readonly Range[] {
  return hours.except?.[date] ?? hours.week[weekday] ?? [];
}

/** What is left on this day of the ranges that began the day before, in minutes of this day. */
export function rangesIntoDay(hours: OpeningHours, date: string, weekday: number): readonly Range[] {
  const before = hours.except === undefined ? '' : addDays(date, -1);
  return rangesOf(hours, before, (weekday + 6) % 7)
    .filter(([, end]) => end > DAY_MINUTES)
    .map(([, end]) => [0, end - DAY_MINUTES]);
}

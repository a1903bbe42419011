import { DAY_MINUTES, DAY_MS, MINUTE_MS } from './calendar.ts';
import { closedWord } from './closed-word.ts';
import { rangesOf } from './day-ranges.ts';
import { mergeRanges } from './merge-ranges.ts';
import { nextOpening } from './next-opening.ts';
import type { OpeningHours, Range } from './opening-hours.ts';
import { type WallClock, wallClock } from './wall-clock.ts';

/**
 * The hours of the day, as `09:00–12:30, 13:30–18:00`, or the word for closed. They are the ranges that begin on this
 * day: a night belongs to the day it began, and is not told again in the next. Ranges that overlap or meet are one.
 *
 * @param at milliseconds since the epoch
 */
export function today(hours: OpeningHours, timezone: string, at: number, language = 'en'): string {
  const { date, weekday } = wallClock(at, timezone);
  const ranges = mergeRanges(rangesOf(hours, date, weekday));
  return ranges.length === 0 ? closedWord(language) : ranges.map(formatRange).join(', ');
}

/**
 * The next opening after `at`, as `Monday 09:00`, with the weekday in `language`; undefined when there is none in 30
 * days. Where that would be taken for one that comes before, it has its date too: `Monday, January 4, 09:00`.
 *
 * @param at milliseconds since the epoch
 */
export function next(
  hours: OpeningHours,
  timezone: string,
  at: number,
  language: string,
): string | undefined {
  const opening = nextOpening(hours, timezone, at);
  if (opening === undefined) return undefined;
  const then = wallClock(opening, timezone);
  const isThisWeek = onTheWall(then) - onTheWall(wallClock(at, timezone)) <= 7 * DAY_MS;
  return isThisWeek
    ? `${formatDate(then.date, language, { weekday: 'long' })} ${then.time}`
    : `${formatDate(then.date, language, { weekday: 'long', day: 'numeric', month: 'long' })}, ${then.time}`;
}

/** With an en dash. Several that are one may be longer than a day, which no clock can show. */
function formatRange([start, end]: Range): string {
  return `${formatTime(start)}–${formatTime(Math.min(end, start + DAY_MINUTES))}`;
}

/** Midnight at the end of a day is 24:00; after that the next day begins. */
function formatTime(minutes: number): string {
  const ofDay = minutes > DAY_MINUTES ? minutes - DAY_MINUTES : minutes;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

function onTheWall({ date, minutes }: WallClock): number {
  return Date.parse(date) + minutes * MINUTE_MS;
}

function formatDate(date: string, language: string, fields: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat([...localesOf(language), 'en'], {
    ...fields,
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  return format.format(Date.parse(date));
}

/** None where this is not the name of a language: it may come from somebody's Attributes. */
function localesOf(language: string): readonly string[] {
  try {
    return Intl.getCanonicalLocales(language);
  } catch {
    return [];
  }
}

import { lazilyEach } from '../../lazily.ts';
import { weekdayOf } from './calendar.ts';

/** What calendar and clock on the wall show. */
export interface WallClock {
  /** As `2026-12-24`. */
  readonly date: string;
  /** As `09:05`. */
  readonly time: string;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Since midnight, by the clock: 150 is 02:30, also on a day on which the clock was changed before. */
  readonly minutes: number;
}

/**
 * What people in `timezone` see at `at` (milliseconds since the epoch). Throws a RangeError for a zone that Intl does
 * not know; the rules are checked for that.
 */
export function wallClock(at: number, timezone: string): WallClock {
  // 12/24/2026, 09:05: everything by its place, for formatToParts takes twice as long.
  const text = formatFor(timezone).format(at);
  const date = `${text.slice(6, 10)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;
  const time = text.slice(-5);
  const minutes = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return { date, time, weekday: weekdayOf(date), minutes };
}

/** A formatter takes half a millisecond to make and microseconds to ask. A file names one zone. */
const formatFor = lazilyEach(
  (timezone: string) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
);

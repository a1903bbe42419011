import { checkTimezone } from '../../lib/rules/compile/check-timezone.ts';
import { wallClock } from '../../lib/rules/hours/wall-clock.ts';

const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d|[A-Za-z].*)?$/;
const MINUTE = 60_000;
/** Zones differ from UTC by quarters of an hour, the first to see a date by 14 hours, the last by 12. */
const FIRST_OFFSET = 14 * 60;
const LAST_OFFSET = -12 * 60;
const OFFSET_STEP = 15;

/**
 * When `2026-11-30T20:15 Europe/Berlin` is, in milliseconds since the epoch; in UTC where no zone is named. In an hour
 * that the clock shows twice, the first.
 * @returns a sentence where that is not a time
 */
export function readTime(given: string): number | string {
  const [, date, clock, seconds = '00', zone = 'Z'] = TIME.exec(given) ?? [];
  if (date === undefined || clock === undefined || !isDate(date, `${clock}:${seconds}`)) {
    return `${JSON.stringify(given)} is not a time. Write a date, a time and, if it is not UTC, a zone: 2026-11-30T20:15 Europe/Berlin`;
  }
  const iso = `${date}T${clock}:${seconds}`;
  if (zone === 'Z') return Date.parse(`${iso}Z`);
  if (/^[+-]/.test(zone)) return Date.parse(`${iso}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  const fault = checkTimezone(zone);
  if (fault !== undefined) return fault;
  const utc = Date.parse(`${iso}Z`);
  for (let offset = FIRST_OFFSET; offset >= LAST_OFFSET; offset -= OFFSET_STEP) {
    const at = utc - offset * MINUTE;
    const shown = wallClock(at, zone);
    if (shown.date === date && shown.time === clock) return at;
  }
  return `There is no ${clock} on ${date} in ${zone}: the clocks are put forward over it. Write another time.`;
}

/** 2026-02-30 would be taken for a day of March. */
function isDate(date: string, time: string): boolean {
  const at = Date.parse(`${date}T${time}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

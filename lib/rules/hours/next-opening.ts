import { addDays, DAY_MS, MINUTE_MS } from './calendar.ts';
import { rangesOf } from './day-ranges.ts';
import { isOpen } from './is-open.ts';
import type { OpeningHours } from './opening-hours.ts';
import { wallClock } from './wall-clock.ts';

/** How far ahead an opening is looked for. */
const HORIZON_MS = 30 * DAY_MS;

/**
 * The first moment after `at` at which closed turns to open, in milliseconds since the epoch, or undefined where there
 * is none in 30 days. While it is open that is the opening after the present one; what is open without a break, over
 * midnight too, opens only once. A range that begins within the gap of spring opens when the gap is over.
 *
 * The time ahead is cut into stretches of a day at most, in which the clock runs evenly:
 *
 *     at ────── 24 h ──────▶│── up to the change ──▶│────── 24 h ──────▶ …
 *
 * Within a stretch only the start of a range can open; where the clock is changed, any time of the day may come next,
 * so the end of a stretch is always looked at.
 */
export function nextOpening(hours: OpeningHours, timezone: string, at: number): number | undefined {
  const last = at + HORIZON_MS;
  const opens = (time: number) => isOpen(hours, timezone, time) && !isOpen(hours, timezone, time - 1);
  for (let from = at; from < last; ) {
    const end = endOfStretch(timezone, from, Math.min(from + DAY_MS, last));
    const opening = startsBetween(hours, timezone, from, end).find(opens);
    if (opening !== undefined) return opening;
    if (opens(end)) return end;
    from = end;
  }
  return undefined;
}

/** When ranges begin between two moments, both out, with the clock as it is at the first one; in order. */
function startsBetween(hours: OpeningHours, timezone: string, from: number, end: number): readonly number[] {
  const { date, weekday } = wallClock(from, timezone);
  const midnight = Date.parse(date) - offsetAt(timezone, from);
  const starts = [
    ...rangesOf(hours, date, weekday).map(([start]) => midnight + start * MINUTE_MS),
    ...rangesOf(hours, addDays(date, 1), (weekday + 1) % 7).map(
      ([start]) => midnight + DAY_MS + start * MINUTE_MS,
    ),
  ];
  return starts.filter((start) => from < start && start < end).sort((a, b) => a - b);
}

/** `to`, or the moment before it at which the clock is changed. Clocks are changed at a full minute. */
function endOfStretch(timezone: string, from: number, to: number): number {
  const offset = offsetAt(timezone, from);
  if (offsetAt(timezone, to) === offset) return to;
  let before = Math.floor(from / MINUTE_MS);
  let after = Math.floor(to / MINUTE_MS);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timezone, middle * MINUTE_MS) === offset) before = middle;
    else after = middle;
  }
  return after * MINUTE_MS;
}

/** By how many milliseconds the clock on the wall is ahead of UTC. */
function offsetAt(timezone: string, at: number): number {
  const { date, minutes } = wallClock(at, timezone);
  return Date.parse(date) + minutes * MINUTE_MS - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

import * as z from 'zod/mini';
import { mergeRanges } from '../hours/merge-ranges.ts';
import type { OpeningHours, Range } from '../hours/opening-hours.ts';
import { checkDate } from './check-date.ts';
import { checkTimezone } from './check-timezone.ts';
import { DAYS, readDays, suggestDays } from './read-days.ts';
import { A_DAY, readRange } from './read-range.ts';
import { say, show } from './shapes.ts';
import type { Spot } from './spot.ts';
import { nearest } from './suggest.ts';
import { isName, wrongName } from './wrong-name.ts';

const EXCEPT = 'except';
const CLOSED = 'closed';

const mappingOf = (what: string) =>
  z.record(
    z.string(),
    z.unknown(),
    say((input) => `${what}, not ${show(input)}.`),
  );
const hoursSchema = mappingOf('"hours" must be a mapping from names to the days of a week');
const weekSchema = mappingOf('Hours must be a mapping from days to ranges, such as mon-fri: 09:00-17:00');
const exceptSchema = mappingOf('"except" must be a mapping from dates to ranges, such as 2026-12-25: closed');

/** The zone of `hours`, `now.date` and `now.time`: UTC when absent. */
export function compileTimezone(data: unknown, spot: Spot): string {
  const fault = data === undefined ? undefined : checkTimezone(data);
  if (fault !== undefined) spot.problem(fault);
  return typeof data === 'string' && fault === undefined ? data : 'UTC';
}

/**
 * What stands under `hours`, by name. Each name is in it however wrong its days are, so that no rule that uses it is
 * blamed as well.
 */
export function compileHours(data: unknown, spot: Spot): Readonly<Record<string, OpeningHours>> {
  const named = data === undefined ? {} : (spot.check(hoursSchema, data) ?? {});
  const compiled = Object.entries(named).map(([name, one]) => [name, compileOne(name, one, spot.at(name))]);
  return Object.fromEntries(compiled) as Record<string, OpeningHours>;
}

function compileOne(name: string, input: unknown, spot: Spot): OpeningHours {
  const before = spot.problemCount();
  if (name === EXCEPT || (readDays(name) && !isMapping(input))) {
    spot.keyProblem(
      'Hours need a name, by which rules ask for them. Write: hours: { shop: { mon-fri: 09:00-17:00 } }',
    );
    return { week: [] };
  }
  if (!isName('hours', name)) spot.keyProblem(wrongName('hours', name));
  const { [EXCEPT]: except, ...days } = spot.check(weekSchema, input) ?? {};
  const week = compileWeek(days, spot);
  const dates = except === undefined ? undefined : compileExcept(except, spot.at(EXCEPT));
  const isNeverOpen = [...week, ...Object.values(dates ?? {})].every((ranges) => ranges.length === 0);
  if (isNeverOpen && spot.problemCount() === before) {
    spot.note(`"${name}" is never open. Name its days, such as mon-fri: 09:00-17:00.`);
  }
  return { week, ...(dates && { except: dates }) };
}

/** A day that is not named is closed. */
function compileWeek(input: Readonly<Record<string, unknown>>, spot: Spot): readonly (readonly Range[])[] {
  const week: (readonly Range[])[] = DAYS.map(() => []);
  const keys = new Map<number, string>();
  for (const [key, value] of Object.entries(input)) {
    const days = readDays(key);
    if (days === undefined) spot.at(key).keyProblem(notADay(key));
    // Where a slip made the value a part of the key, as in { sat:closed }, the key is all that is wrong.
    const ranges = days === undefined && value === null ? [] : compileDay(value, spot.at(key));
    for (const day of days ?? []) {
      const earlier = keys.get(day);
      if (earlier !== undefined) spot.at(key).keyProblem(givenTwice(day, earlier, key));
      keys.set(day, key);
      week[day] = ranges;
    }
  }
  return week;
}

function compileExcept(input: unknown, spot: Spot): Readonly<Record<string, readonly Range[]>> {
  const given = Object.entries(spot.check(exceptSchema, input) ?? {});
  return Object.fromEntries(
    given.map(([date, value]) => {
      const fault = checkDate(date);
      if (fault !== undefined) spot.at(date).keyProblem(fault);
      return [date, compileDay(value, spot.at(date))];
    }),
  );
}

/** One range, a list of them, or `closed`. */
function compileDay(input: unknown, spot: Spot): readonly Range[] {
  if (input === CLOSED) return [];
  if (input === null) {
    spot.problem(
      `Nothing is given here. Write ${A_DAY}. Several days within { } need quotes: { "sat, sun": closed }.`,
    );
  } else if (Array.isArray(input)) {
    return compileList(input as unknown[], spot);
  } else {
    return compileRange(input, spot);
  }
  return [];
}

function compileList(input: readonly unknown[], spot: Spot): readonly Range[] {
  if (input.length === 0) spot.problem(`This list is empty. Write ${A_DAY}.`);
  const ranges: Range[] = [];
  for (const [index, item] of input.entries()) {
    const place = spot.at(index);
    const compiled = compileRange(item, place);
    const overlapped = compiled.some((range) => ranges.some((other) => overlap(range, other)));
    if (overlapped) place.note(`${show(item)} overlaps a range before it. They count as one.`);
    ranges.push(...compiled);
  }
  return mergeRanges(ranges);
}

function compileRange(input: unknown, spot: Spot): readonly Range[] {
  const range = input === CLOSED ? 'A day that is closed has no list. Write: closed' : readRange(input);
  if (typeof range === 'string') {
    spot.problem(range);
    return [];
  }
  if (range[1] - range[0] === 1440 && range[0] > 0) {
    spot.note(`${show(input)} is a whole day, until the same time of the next.`);
  }
  return [range];
}

function notADay(key: string): string {
  const allowed = `Allowed: ${DAYS.join(', ')}, several such as mon-fri or "sat, sun", and ${EXCEPT}.`;
  if (/\d{4}/.test(key)) return `${show(key)} is not a day of the week. Dates stand under "${EXCEPT}".`;
  if (/^\w+:\S/.test(key)) return `${show(key)} is not a day. Put a space after the colon.`;
  const meant = suggestDays(key) ?? nearest(key, [EXCEPT]);
  return `${show(key)} is not a day. ${allowed}${meant === undefined ? '' : ` Did you mean "${meant}"?`}`;
}

function givenTwice(day: number, earlier: string, key: string): string {
  const where = earlier === key ? '' : `, in "${earlier}" and in "${key}"`;
  return `The day ${DAYS[day]} is given twice${where}. Keep one.`;
}

function overlap([start, end]: Range, [otherStart, otherEnd]: Range): boolean {
  return start < otherEnd && otherStart < end;
}

function isMapping(input: unknown): boolean {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

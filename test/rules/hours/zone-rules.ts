/**
 * When ten zones change their clocks from 2020 to 2035, worked out from the laws as they are written and not by Intl:
 * https://data.iana.org/time-zones/tzdb/
 */
export interface ZoneRules {
  readonly timezone: string;
  /** Minutes ahead of UTC before 2020-01-01T00:00Z. */
  readonly first: number;
  readonly changes: readonly Change[];
}

export interface Change {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Minutes ahead of UTC from then on. */
  readonly offset: number;
}

const FIRST_YEAR = 2020;
const LAST_YEAR = 2035;
const MINUTE = 60_000;
const DAY = 86_400_000;
const YEARS = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);

const SUNDAY = 0;
const THURSDAY = 4;
const FRIDAY = 5;

/** The first such weekday on or after a day of a month (1 is January). */
function onOrAfter(year: number, month: number, day: number, weekday: number): number {
  const first = Date.UTC(year, month - 1, day);
  return first + ((weekday - new Date(first).getUTCDay() + 7) % 7) * DAY;
}

function lastOf(year: number, month: number, weekday: number): number {
  const last = Date.UTC(year, month, 0);
  return last - ((new Date(last).getUTCDay() - weekday + 7) % 7) * DAY;
}

interface Law {
  readonly timezone: string;
  readonly winter: number;
  readonly summer: number;
  /** Local midnight of the day on which summer time begins, and the minute of that day by the clock of the winter. */
  readonly begins: (year: number) => readonly [day: number, minute: number];
  /** The same for its end, by the clock of the summer. */
  readonly ends: (year: number) => readonly [day: number, minute: number];
  /** The years in which it is in force, if not all. */
  readonly years?: readonly number[];
  readonly isSouthern?: true;
}

const european = (winter: number): Omit<Law, 'timezone'> => ({
  winter,
  summer: winter + 60,
  begins: (year) => [lastOf(year, 3, SUNDAY), 60 + winter],
  ends: (year) => [lastOf(year, 10, SUNDAY), 60 + winter + 60],
});

const LAWS: readonly Law[] = [
  { timezone: 'Europe/Berlin', ...european(60) },
  { timezone: 'Europe/London', ...european(0) },
  {
    timezone: 'America/New_York',
    winter: -300,
    summer: -240,
    begins: (year) => [onOrAfter(year, 3, 8, SUNDAY), 120],
    ends: (year) => [onOrAfter(year, 11, 1, SUNDAY), 120],
  },
  {
    timezone: 'Australia/Sydney',
    winter: 600,
    summer: 660,
    begins: (year) => [onOrAfter(year, 10, 1, SUNDAY), 120],
    ends: (year) => [onOrAfter(year, 4, 1, SUNDAY), 180],
    isSouthern: true,
  },
  {
    timezone: 'Australia/Lord_Howe',
    winter: 630,
    summer: 660,
    begins: (year) => [onOrAfter(year, 10, 1, SUNDAY), 120],
    ends: (year) => [onOrAfter(year, 4, 1, SUNDAY), 120],
    isSouthern: true,
  },
  {
    timezone: 'Pacific/Auckland',
    winter: 720,
    summer: 780,
    begins: (year) => [lastOf(year, 9, SUNDAY), 120],
    ends: (year) => [onOrAfter(year, 4, 1, SUNDAY), 180],
    isSouthern: true,
  },
  {
    // At midnight, and a week late in 2022 for the sake of a referendum.
    timezone: 'America/Santiago',
    winter: -240,
    summer: -180,
    begins: (year) => [onOrAfter(year, 9, year === 2022 ? 9 : 2, SUNDAY), 0],
    ends: (year) => [onOrAfter(year, 4, 2, SUNDAY), 0],
    isSouthern: true,
  },
  {
    // At midnight, and again since 2023 only.
    timezone: 'Africa/Cairo',
    winter: 120,
    summer: 180,
    begins: (year) => [lastOf(year, 4, FRIDAY), 0],
    ends: (year) => [lastOf(year, 10, THURSDAY), 1440],
    years: YEARS.filter((year) => year >= 2023),
  },
  { timezone: 'Asia/Kolkata', ...european(330), years: [] },
  { timezone: 'America/Sao_Paulo', ...european(-180), years: [] },
];

function toRules({ timezone, winter, summer, begins, ends, years = YEARS, isSouthern }: Law): ZoneRules {
  const toUtc = ([day, minute]: readonly [number, number], offset: number) =>
    day + (minute - offset) * MINUTE;
  const changes = years.flatMap((year) => [
    { at: toUtc(begins(year), winter), offset: summer },
    { at: toUtc(ends(year), summer), offset: winter },
  ]);
  return {
    timezone,
    first: isSouthern ? summer : winter,
    changes: changes.toSorted((a, b) => a.at - b.at),
  };
}

export const ZONES: readonly ZoneRules[] = LAWS.map(toRules);

/** Minutes ahead of UTC. */
export function offsetAt({ first, changes }: ZoneRules, at: number): number {
  return changes.findLast((change) => change.at <= at)?.offset ?? first;
}

/** What the clock shows there, as if it were UTC: milliseconds since the epoch. */
export function localTime(zone: ZoneRules, at: number): number {
  return at + offsetAt(zone, at) * MINUTE;
}

import { nearest } from './suggest.ts';

/** Monday is 0. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const FULL_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const DASH = /\s*(?:[-–—]|\bto\b)\s*/;
/** What people write for several days. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['daily', 'mon-sun'],
  ['everyday', 'mon-sun'],
  ['every day', 'mon-sun'],
  ['week', 'mon-sun'],
  ['weekday', 'mon-fri'],
  ['weekdays', 'mon-fri'],
  ['weekend', 'sat-sun'],
  ['weekends', 'sat-sun'],
]);

/**
 * The days that a key names, or undefined where it names none: `mon`, `mon-fri`, `fri-mon` (over the weekend), several
 * with commas. A day that is named twice is there twice.
 */
export function readDays(key: string): readonly number[] | undefined {
  const parts = key.split(',').map((part) => daysOf(part.trim()));
  return parts.every((days) => days !== undefined) ? parts.flat() : undefined;
}

function daysOf(part: string): readonly number[] | undefined {
  const [from = '', to, ...rest] = part.split(/\s?-\s?/);
  const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to ?? from)];
  if (first === -1 || last === -1 || rest.length > 0 || from === to) return undefined;
  const length = ((last - first + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length }, (_, index) => (first + index) % DAYS.length);
}

/** The key that somebody had in mind who wrote `Monday–Friday`, `[ mon, wed ]` or `weekend`. */
export function suggestDays(key: string): string | undefined {
  const [inside = ''] = /[^[\]"'].*[^[\]"']/.exec(key.trim().toLowerCase()) ?? [];
  const meant = inside.split(/\s*[,;&+/]\s*|\s+and\s+/).map((part) => {
    const days = (GROUPS.get(part) ?? part).split(DASH).map(suggestDay);
    return days.every((day) => day !== undefined) ? [...new Set(days)].join('-') : '?';
  });
  const corrected = meant.join(', ');
  return readDays(corrected) === undefined ? undefined : corrected;
}

function suggestDay(given: string): string | undefined {
  const word = given.replace(/\.$/, '');
  const full =
    FULL_NAMES.find((name) => word.length > 1 && name.startsWith(word)) ?? nearest(word, FULL_NAMES);
  return DAYS.find((day) => word.startsWith(day) || full?.startsWith(day)) ?? nearest(word, DAYS);
}

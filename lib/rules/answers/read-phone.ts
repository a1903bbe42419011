import { lazily } from '../../lazily.ts';
import { CODE_LETTER, foldNumbers } from './fold-numbers.ts';

const FEWEST_DIGITS = 7;
const MOST_DIGITS = 15;

/** Digits with what people put between them. A `+` begins the next number. */
const WRITTEN = /(?:\+ ?)?\(?[0-9](?:[0-9().\-/ ]*[0-9])?/g;
const DAY = '(?:0?[1-9]|[12][0-9]|3[01])';
const YEAR = '(?:19|20)[0-9]{2}';
/** 24.12.2026, 12/24/2026, 2026-12-24, 9:30: not phone numbers, as many digits as they may have. */
const DATE_OR_TIME = new RegExp(
  `(?<![0-9+./-])(?:${DAY}([./-])${DAY}\\1${YEAR}|${YEAR}([./-])${DAY}\\2${DAY}|[0-9]{1,2}:[0-9]{2})(?![./-]?[0-9])`,
  'g',
);
const OPENING = /[[{]/g;
const CLOSING = /[\]}]/g;

const HOUR = '(?:[01]?[0-9]|2[0-4])';
/** The 5 of 5pm and the 9-17 of 9-17h, behind a number. */
const HOURS_AT_END = new RegExp(` ${HOUR}(?:-${HOUR})?$`);
/** A digit or hours of their own, such as the 5 of 5 people; or the last of the number. */
const STRAY_END = new RegExp(`[0-9]{2}\\)? (?:[0-9]|${HOUR}-${HOUR})$`);
const LONG_GROUP = /[0-9]{3}/;
/** More digits, on the other side of a sign that stands in no number, as in 0171_1234567. */
const JOINED_BEFORE = lazily(() => /[0-9][^\s0-9\p{L}]+$/u);
const JOINED_AFTER = lazily(() => /^[^\s0-9\p{L}]+[0-9]/u);
/** What only begins a number: 0171, or +49. */
const BEGUN_BEFORE = lazily(() => /(?<![0-9\p{L}])(?:\+[0-9]|0)[0-9]{1,5}[^0-9\p{L}]{1,3}$/u);
/** Enough to see these. */
const LOOK_AROUND = 12;

/**
 * The one phone number of a message: `+` and its digits where it was written with `+` or `00` and a country; its digits
 * otherwise. Undefined where there is none or more than one; the same one twice counts once.
 *
 * Beyond what docs/rules.md says, it is read as people read it: neither `+` nor `00` is among its 7 to 15 digits; the
 * `(0)` of `+49 (0)30 …`, which is dialled only in the country, is dropped (in Italy it is always dialled); two numbers
 * in a row are two (`555-1234 555-5678`); a date, a time, a code with letters (`A1234567`) and what stands before the
 * `@` of an address are not phone numbers; what follows a number in brackets (`(9-17 Uhr)`), or is an hour (`5pm`), is
 * not part of it. Undefined too where it cannot be told how far it goes: to ask again is better than a wrong number.
 */
export function readPhone(body: string): string | undefined {
  const text = foldNumbers(body).replace(DATE_OR_TIME, '\n').replace(OPENING, '(').replace(CLOSING, ')');
  let found: string | undefined;
  for (const { 0: all, index } of text.matchAll(WRITTEN)) {
    const written = withoutNote(all, text.charAt(index + all.length));
    const number = isPartOfWord(text, written, index) ? undefined : readWritten(written);
    if (number === undefined) continue;
    if (isTwo(written, number) || isUnclear(text, all, index) || (found !== undefined && found !== number))
      return undefined;
    found = number;
  }
  return found;
}

/** Without the bracket or the hour behind a number that is complete. */
function withoutNote(written: string, next: string): string {
  const bracket = openBracket(written);
  const end = CODE_LETTER().test(next) && HOURS_AT_END.test(written) ? written.lastIndexOf(' ') : bracket;
  const number = written.slice(0, Math.max(0, end)).trimEnd();
  return readWritten(number) === undefined ? written : number;
}

/** Where a bracket begins that has not ended yet; -1 without one. */
function openBracket(written: string): number {
  const at = written.lastIndexOf('(');
  return at > written.lastIndexOf(')') ? at : -1;
}

function isUnclear(text: string, written: string, index: number): boolean {
  const end = index + written.length;
  const before = text.slice(Math.max(0, index - LOOK_AROUND), index);
  if (JOINED_BEFORE().test(before) || JOINED_AFTER().test(text.slice(end, end + LOOK_AROUND))) return true;
  if (BEGUN_BEFORE().test(before) && !/^\(?[+0]/.test(written)) return true;
  const bracket = openBracket(written);
  const hasNote = bracket > 0 && LONG_GROUP.test(written.slice(bracket));
  const isStray = STRAY_END.test(written) && !CODE_LETTER().test(text.charAt(end));
  const rest = hasNote ? bracket : isStray ? written.lastIndexOf(' ') : 0;
  return readWritten(written.slice(0, rest)) !== undefined;
}

function readWritten(written: string): string | undefined {
  const all = digitsOf(written);
  const hasPlus = written.startsWith('+');
  const isInternational = hasPlus || /^00[1-9]/.test(all);
  if (!isInternational) return hasRightLength(all) ? all : undefined;
  const digits = digitsOf(withoutTrunk(written)).slice(hasPlus ? 0 : 2);
  return hasRightLength(digits) ? `+${digits}` : undefined;
}

/** The zero is for calls in the country: https://www.itu.int/rec/T-REC-E.123 */
function withoutTrunk(written: string): string {
  const country = written.indexOf('(0)');
  const before = country === -1 ? '' : digitsOf(written.slice(0, country));
  return /[1-9]/.test(before) && !/^(?:00)?39$/.test(before) ? written.replace('(0)', '') : written;
}

/** Each long enough for itself. An international number may have long groups. */
function isTwo(written: string, number: string): boolean {
  if (number.startsWith('+')) return false;
  return written.split(/[ /]+/).filter((group) => digitsOf(group).length >= FEWEST_DIGITS).length > 1;
}

function isPartOfWord(text: string, written: string, index: number): boolean {
  const before = /^[0-9]/.test(written) ? text.charAt(index - 1) : '';
  const after = text.charAt(index + written.length);
  return CODE_LETTER().test(before) || CODE_LETTER().test(after) || after === '@';
}

function digitsOf(text: string): string {
  return text.replace(/[^0-9]/g, '');
}

function hasRightLength({ length }: string): boolean {
  return FEWEST_DIGITS <= length && length <= MOST_DIGITS;
}

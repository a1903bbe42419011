import { lazily } from '../../lazily.ts';
import { endWithout } from '../../text/trim.ts';
import { CODE_LETTER, foldNumbers, hasOtherNumber } from './fold-numbers.ts';

const MOST_DIGITS = 15;
/** The most digits, with something between any two. */
const LONGEST = 2 * MOST_DIGITS;

/** Digits alone, or in groups by one kind of sign; the last are those of India. `0,500` is half of one. */
const WRITTEN = [
  '[0-9]+',
  '[0-9]{1,3}(?: [0-9]{3})+',
  "[0-9]{1,3}(?:'[0-9]{3})+",
  '(?!0\\.)[0-9]{1,3}(?:\\.[0-9]{3})+',
  '(?!0,)[0-9]{1,3}(?:,[0-9]{3})+',
  '[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}',
];
const WHOLE = new RegExp(`^(?:${WRITTEN.join('|')})$`);
/** The commas of Arabic, between digits. */
const ARABIC_COMMA = /(?<=[0-9])[٬،](?=[0-9])/g;

/** `.5`, but not `so.5` or `...5`. */
const DECIMAL_BEFORE = lazily(() => /(?:^|[^\p{L}\p{M}\p{Po}])[.,٫]$/u);
/** Words that people write right before a number: x2, No5 (of №5), Nr5. */
const COUNTING = lazily(() => /(?:^|[^\p{L}])(?:x|no|nr)$/u);
/** 10k, 5万, 5만: these multiply. */
const MULTIPLIED = lazily(() => /^(?:k(?!\p{L})|[十百千万萬亿億兆만억])/u);

/**
 * The one number of a message: its digits, without what separates groups of three, and with leading zeros. Undefined
 * where there is none or more than one: all digits of the message belong to it.
 *
 * Beyond what docs/rules.md says, it is read as people read it:
 * - `10 200` is one number, because a space may separate groups; `10 20`, `24.12.2026`, `9:30`, `3/4` and `5 or 6` are
 *   several. Two kinds of sign in one (`1,000.50`), and `0,500`, are fractions. `1,00,000` is written so in India.
 * - A sign before it or a unit after it does not count: `-5`, `#5`, `$5`, `x2`, `№5`, `50%`, `5th`, `4ppl`, `50 m²`,
 *   `5人`. What multiplies it does: `10k` and `5万` do not hold, nor does `2²`.
 * - A digit right after a letter is part of a code (`A4`, `AB12345`), except in scripts that put no space before it.
 */
export function readNumber(body: string): string | undefined {
  const text = foldNumbers(body).replace(ARABIC_COMMA, ',');
  const start = text.search(/[0-9]/);
  if (start === -1 || hasOtherNumber(body)) return undefined;
  const end = endWithout(text, /[^0-9]/);
  const written = text.slice(start, end);
  if (written.length > LONGEST || !WHOLE.test(written)) return undefined;
  if (changes(text.slice(Math.max(0, start - 3), start), text.slice(end, end + 2))) return undefined;
  const digits = written.replace(/[^0-9]/g, '');
  return digits.length > MOST_DIGITS ? undefined : digits;
}

/** Whether what stands right before or after a number makes another of it, or none. */
function changes(before: string, after: string): boolean {
  if (DECIMAL_BEFORE().test(before) || MULTIPLIED().test(after)) return true;
  return CODE_LETTER().test(before.slice(-1)) && !COUNTING().test(before);
}

/** Whether a number is in a range, both ends in; an end that is undefined is open. All are digits. */
export function isWithin(
  digits: string,
  [low, high]: readonly [low: string | undefined, high: string | undefined],
): boolean {
  const value = BigInt(digits);
  return (low === undefined || BigInt(low) <= value) && (high === undefined || value <= BigInt(high));
}

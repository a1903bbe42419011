import { lazily } from '../../lazily.ts';
import { PLAIN } from '../../text/compose.ts';
import { fold } from '../../text/fold.ts';

/** The small digits of a power, a unit or a footnote: 2², m², CO₂. */
const SMALL_DIGIT = '[\\u00B2\\u00B3\\u00B9\\u2070-\\u209C]';
const SMALL = lazily(() => new RegExp(SMALL_DIGIT, 'gu'));
/** A power, Roman numerals, and what composing leaves of ½, ፩ or ➊. */
const OTHERWISE = lazily(() => new RegExp(`\\p{Nd}[.,]?${SMALL_DIGIT}|\\p{Nl}`, 'u'));
const NOT_DIGITS = lazily(() => /[\p{No}⁄]/u);
/** ①, ⑵, ½, 🔟: each a number by itself, which must not run into its neighbour. */
const BY_ITSELF = lazily(() => /\p{No}|🔟/gu);

/** The text folded (fold.ts), so that its numbers are written in digits from 0 to 9; without small digits. */
export function foldNumbers(body: string): string {
  if (PLAIN.test(body)) return fold(body);
  return fold(body.replace(SMALL(), '').replace(BY_ITSELF(), '\n$&\n'));
}

/** Whether the text has a number that its digits alone do not give: ½, 2², Ⅳ. */
export function hasOtherNumber(body: string): boolean {
  return !PLAIN.test(body) && (OTHERWISE().test(body) || NOT_DIGITS().test(foldNumbers(body)));
}

/** A digit beside a letter of these scripts is part of a code, as in A4; in others, words stand without spaces. */
export const CODE_LETTER = lazily(() => /[\p{L}&&[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}]]/v);

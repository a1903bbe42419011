import { lazily } from '../lazily.ts';
import { endWithout } from './trim.ts';

/** ASCII, in which nothing is composed and nothing is invisible. Most messages are. */
export const PLAIN = /^[\t\n\r\x20-\x7E]*$/;

/** Tags say which region a black flag is for (England, Scotland, Wales); anywhere else they are as invisible as the rest. */
const TAG = '\\u{E0020}-\\u{E007F}';
const UNSEEN = '[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\u2800[\\p{Cc}--\\p{White_Space}]]';
const INVISIBLE = lazily(
  () => new RegExp(`[${UNSEEN}--[${TAG}]]|(?<!\\u{1F3F4}[${TAG}]{0,6})[${TAG}]`, 'gv'),
);
const EDGE = lazily(() => new RegExp(`[\\p{White_Space}${UNSEEN}]`, 'v'));
const FLAG = '\u{1F3F4}';
/** Of what nobody sees at the end: the tags that say whose flag it is, and the selector that makes ℹ the emoji ℹ️. */
const OF_EMOJI = lazily(
  () => new RegExp(`(?<=^${FLAG})[${TAG}]{1,7}|(?<=\\p{Extended_Pictographic})\\uFE0F`, 'v'),
);
const AT_START = lazily(() => new RegExp(`^${EDGE().source}+`, 'v'));

/** A digit in a box (1️⃣), with or without its variation selector. */
const KEYCAP = lazily(() => /(?<=[\p{Nd}#*])\uFE0F?\u20E3/gu);
const DIGIT = lazily(() => /[\p{Nd}--[0-9]]/gv);
const ANY_DIGIT = lazily(() => /\p{Nd}/u);

/**
 * The text in NFKC, without what nobody sees: joiners, direction marks, variation selectors, control characters. A
 * keycap emoji is its digit.
 */
export function compose(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(KEYCAP(), '').replaceAll('🔟', '10').replace(INVISIBLE(), '').normalize('NFKC');
}

/**
 * The text composed, and what has one plain form in that: digits of every script as 0 to 9, and the Turkish İ and ı as
 * I and i, so that all four meet in any case.
 */
export function composePlainly(text: string): string {
  if (PLAIN.test(text)) return text;
  return compose(text)
    .replace(DIGIT(), plainDigit)
    .replaceAll('İ', 'I')
    .replaceAll('ı', 'i')
    .replaceAll('i\u0307', 'i');
}

/** Without the white space and the invisible characters around it. */
export function trimText(text: string): string {
  if (PLAIN.test(text)) return text.trim();
  const end = endWithout(text, EDGE());
  const kept = OF_EMOJI().exec(text.slice(Math.max(0, end - FLAG.length)))?.[0] ?? '';
  return text.slice(0, end + kept.length).replace(AT_START(), '');
}

/** Whether there is nothing to see of this character. */
export function isInvisible(character: string): boolean {
  return character.replace(INVISIBLE(), '') === '';
}

/** Unicode keeps the digits of a script together, from zero to nine, and the scripts' rows apart or one after another. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (ANY_DIGIT().test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}

import { lazily } from '../lazily.ts';
import { PLAIN } from './compose.ts';
import { fold } from './fold.ts';
import { endWithout } from './trim.ts';

const AROUND = '\\p{White_Space}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}"\'*_~';
const EMOJI = '[\\p{Extended_Pictographic}--[©®]]\\p{RI}\\p{Emoji_Modifier}\\u{E0020}-\\u{E007F}';
const OPENING = lazily(() => new RegExp(`^[${AROUND}¡¿]+`, 'v'));
const ENDING = lazily(() => new RegExp(`[${AROUND}\\p{Terminal_Punctuation}]`, 'v'));
const ENDING_OR_EMOJI = lazily(() => new RegExp(`[${AROUND}\\p{Terminal_Punctuation}${EMOJI}]`, 'v'));
/**
 * What folding would make a letter or a dash of, and people see as a picture or a wave at the end: ℹ️, 🈁, 〰️, 〜. By
 * itself ℹ or ™ is text: https://www.unicode.org/reports/tr51/#Presentation_Style. 🔟 is a number, as keycaps are.
 */
const PICTURE = lazily(
  () => /([\p{Extended_Pictographic}--[©®]]\uFE0F|[\p{Emoji_Presentation}--[🔟]](?!\uFE0E)|[〜〰])/v,
);
const WAVES = /^[\s〜]+/;
/** The same in ASCII, where most messages are. */
const PLAIN_OPENING = /^[\s()[\]{}"'*_~]+/;
const PLAIN_ENDING = /[\s()[\]{}"'*_~!,.:;?]/;

/**
 * A message as keywords are compared: folded (fold.ts), with single spaces, and without what does not count around it:
 * space, quotes, brackets, the markup `* _ ~` and backtick, the punctuation that ends a sentence (and its Spanish
 * opening twin), and emoji after it. `Hi!!`, `*hi*` and `hi 👍` are `hi`; `?` and `👍` stay, because nothing else
 * would be left.
 */
export function normalizeText(text: string): string {
  const whole = foldSpaced(text);
  if (PLAIN.test(text)) return bare(whole) || whole;
  return bare(foldSpaced(withoutPictures(text))) || bare(whole) || bare(whole, ENDING()) || whole;
}

function foldSpaced(text: string): string {
  return fold(text)
    .replace(/\p{White_Space}+/gu, ' ')
    .trim();
}

/** The text up to its last word. Piece by piece from behind, as in trim.ts. */
function withoutPictures(text: string): string {
  const pieces = text.replace(WAVES, '').split(PICTURE());
  while (pieces.length > 1 && bare(foldSpaced(pieces.at(-1) ?? '')) === '') pieces.length -= 2;
  return pieces.join('');
}

function bare(folded: string, ending?: RegExp): string {
  if (PLAIN.test(folded)) return withoutEnd(folded.replace(PLAIN_OPENING, ''), PLAIN_ENDING);
  return withoutEnd(folded.replace(OPENING(), ''), ending ?? ENDING_OR_EMOJI());
}

function withoutEnd(text: string, member: RegExp): string {
  return text.slice(0, endWithout(text, member));
}

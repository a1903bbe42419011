import { lazily } from '../lazily.ts';
import { PLAIN } from './compose.ts';
import { fold } from './fold.ts';
import { endWithout } from './trim.ts';

const AROUND = '\\p{White_Space}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}"\'*_~';
const EMOJI = '[\\p{Extended_Pictographic}--[©®]]\\p{RI}\\p{Emoji_Modifier}\\u{E0020}-\\u{E007F}';
const OPENING = lazily(() => new RegExp(`^[${AROUND}¡¿]+`, 'v'));
const ENDING = lazily(() => new RegExp(`[${AROUND}\\p{Terminal_Punctuation}]`, 'v'));
const ENDING_OR_EMOJI = lazily(() => new RegExp(`[${AROUND}\\p{Terminal_Punctuation}${EMOJI}]`, 'v'));
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
  const folded = fold(text);
  if (PLAIN.test(folded)) {
    const plain = folded.replace(/\s+/g, ' ').trim();
    return withoutEnd(plain.replace(PLAIN_OPENING, ''), PLAIN_ENDING) || plain;
  }
  const whole = folded.replace(/\p{White_Space}+/gu, ' ').trim();
  const inside = whole.replace(OPENING(), '');
  return withoutEnd(inside, ENDING_OR_EMOJI()) || withoutEnd(inside, ENDING()) || whole;
}

function withoutEnd(text: string, member: RegExp): string {
  return text.slice(0, endWithout(text, member));
}

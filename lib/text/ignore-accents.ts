import { lazily } from '../lazily.ts';
import { PLAIN } from './compose.ts';

/** Latin, Greek, Arabic and Hebrew letters with their accents and vowel marks. Elsewhere a mark is part of the letter. */
const MARKED = lazily(() => /([\p{L}&&[\p{sc=Latn}\p{sc=Grek}\p{sc=Arab}\p{sc=Hebr}]])\p{Mn}+/gv);
/** In Cyrillic only stress is an accent: й, ё, ї and ў are letters, and so are ѓ and ќ. */
const STRESSED = lazily(() => /([\p{sc=Cyrl}--[гк]]\u0306?\u0308?)[\u0300\u0301]+/gv);
/** Letters with a stroke, which Unicode does not take apart; people without the key for them write these. */
const STROKES: Readonly<Record<string, string>> = { đ: 'd', ħ: 'h', ł: 'l', ø: 'o', ŧ: 't' };
const STROKE = /[đħłøŧ]/g;

/**
 * A folded text (fold.ts) as people write it who leave accents and vowel marks out. Whoever compares with it lets go
 * first of what is equal with its accents: `si` must not take a `sí` that another rule waits for.
 */
export function ignoreAccents(folded: string): string {
  if (PLAIN.test(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(MARKED(), '$1')
    .replace(STRESSED(), '$1')
    .normalize('NFC')
    .replace(STROKE, (letter) => STROKES[letter] ?? letter);
}

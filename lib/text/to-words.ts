import { lazily } from '../lazily.ts';
import { PLAIN } from './compose.ts';
import { fold } from './fold.ts';

/** ー, 〆 and their like, which Unicode puts into several scripts at once: with two accents, which Latin has as well. */
const SHARED = '[[[\\p{L}\\p{M}\\p{N}]&&[\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}]]--[\\u0300-\\u036F]]';
/** Written without spaces between words, so that each character stands for itself. */
const UNSPACED = `\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}${SHARED}`;
const LETTER = `[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]`;
/** A leading # or @ belongs to the word, as in #1 and @bot; the one in an address does not. */
const SIGN = '(?:(?<![\\p{L}\\p{M}\\p{N}])[#@])?';
const WORD = lazily(() => new RegExp(`${SIGN}(?:[${UNSPACED}]|${LETTER}+(?:'${LETTER}+)*)|\\p{S}`, 'gv'));
/** The same in ASCII, where most messages are. */
const PLAIN_WORD = /(?:(?<![a-z0-9])[#@])?[a-z0-9]+(?:'[a-z0-9]+)*|[$+<=>^|~]/g;

/** What makes no sense without the word before it: won't, she'd. */
const ENDING = /^(?:[tdm]|ll|re|ve)$/;
const LATIN = lazily(() => /[\p{sc=Latn}\p{N}]$/u);

/** An emoji with all that is joined to it, a flag, or a sign in a box; a digit in a box is the digit. */
const LOOKS = '[\\uFE0F\\p{Emoji_Modifier}\\u{E0020}-\\u{E007F}]*';
const EMOJI = lazily(
  () =>
    new RegExp(
      `(\\p{RI}{2}|[#*]\\uFE0F?\\u20E3(?![\\p{L}\\p{N}])|\\p{Extended_Pictographic}${LOOKS}(?:\\u200D\\p{Extended_Pictographic}${LOOKS})*)`,
      'u',
    ),
);
/** Some emoji are letters once they are folded: ™, ℹ. */
const PICTURE = lazily(() => /^[\p{Extended_Pictographic}\p{RI}]/u);
const PUNCTUATION = lazily(() => /^[^\p{L}\p{N}\p{S}]+$/u);
const SELECTOR = /\uFE0F/g;

/**
 * The words of a message, folded (fold.ts), with the `#` or `@` that leads one. An emoji is a word of its own, as people
 * see it: a flag, or a woman with her laptop, is one. So is any other symbol, such as a currency sign.
 */
export function toWords(text: string): readonly string[] {
  if (PLAIN.test(text)) return (fold(text).match(PLAIN_WORD) ?? []).flatMap(separate);
  return text.split(EMOJI()).flatMap((part, index) => {
    const folded = fold(part);
    if (PICTURE().test(folded)) return [folded];
    const words = folded.match(WORD());
    if (words !== null) return words.flatMap(separate);
    // Every second part is an emoji; ‼ and 〰 are no more than signs once they are folded.
    return index % 2 === 1 ? [part.replace(SELECTOR, '')] : [];
  });
}

/**
 * An apostrophe holds a word together before an English ending, and in other scripts than Latin (п'ять). Elsewhere it
 * stands between two words: l'été, order's, İstanbul'da.
 */
function separate(word: string): readonly string[] {
  const words: string[] = [];
  for (const piece of word.split("'")) {
    const before = words.at(-1);
    if (before === undefined || (LATIN().test(before) && !ENDING.test(piece))) words.push(piece);
    else words[words.length - 1] = `${before}'${piece}`;
  }
  return words;
}

/** Whether a word is one of the emoji that are no more than punctuation: ‼, 〰, or a `#` in a box. */
export function isPunctuation(word: string): boolean {
  return PUNCTUATION().test(word);
}

/** The word without its leading `#` or `@`. */
export function withoutSign(word: string): string {
  return word.length > 1 && (word.startsWith('#') || word.startsWith('@')) ? word.slice(1) : word;
}

import { lazily } from '../lazily.ts';
import { composePlainly, PLAIN } from './compose.ts';

/** What NFKC makes of an accent that stands alone and was written for an apostrophe, as in don´t. */
const LONE_ACCENT = / [\u0300\u0301\u0313\u0314\u0342]+/g;
const APOSTROPHE = /[`‘’‚‛′‵ʹʻʼʽˈʾʿ׳՚ߴꞌ＇❛❜]/gu;
const QUOTE = /[“”„‟«»″‶״〝-〟❝❞]/gu;
const DASH = lazily(() => /[\p{Pd}−⁃˗]/gu);
const SKIN_TONE = lazily(() => /(?<=\p{Extended_Pictographic})\p{Emoji_Modifier}/gu);
const TATWEEL = /\u0640/g;
/** Armenian's marks of a question, a call or stress, on the vowel that is spoken so: ի՞նչ. */
const ARMENIAN_TONE = /[՛՜՞]/gu;

/**
 * One text for all that people write for the same words: any case, any script's digits, any apostrophe, quote or dash,
 * any skin tone, with or without invisible characters. Accents stay (ignore-accents.ts).
 */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().replaceAll('`', "'").replaceAll("''", '"');
  return foldCase(composePlainly(text))
    .replace(LONE_ACCENT, "'")
    .replace(APOSTROPHE, "'")
    .replaceAll("''", '"')
    .replace(QUOTE, '"')
    .replace(DASH(), '-')
    .replace(SKIN_TONE(), '')
    .replace(TATWEEL, '')
    .replace(ARMENIAN_TONE, '');
}

/**
 * Lower case by way of upper case, so that ẞ and ß meet SS; plain again, because case can take letters apart. A sigma
 * is written in another way where a word ends.
 */
function foldCase(text: string): string {
  const folded = text.toLowerCase().toUpperCase().toLowerCase();
  return composePlainly(folded).replaceAll('ς', 'σ');
}

/** Marks that change how a character looks, not what was written: joiners, direction marks, variation selectors. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
/** The look-behind keeps this linear: without it every character of a long run of dots would start a new attempt. */
const ENDING = /(?<![\p{Terminal_Punctuation}\s])[\p{Terminal_Punctuation}\s]+$/u;
const OPENING = /^[¡¿\s]+/u;

/** Written without spaces between words, so that each character stands for itself. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}';
const WORD = new RegExp(`[${UNSPACED}]|[[\\p{L}\\p{M}\\p{N}]--[${UNSPACED}]]+|\\p{S}`, 'gv');

/**
 * A message as keywords are compared: NFKC, any case, straight apostrophes, single spaces, without surrounding
 * space, without the punctuation that ends a sentence (and its Spanish opening twin). `Hi!!` and `hi` are the same;
 * `?` stays, because nothing else would be left.
 */
export function normalizeText(text: string): string {
  const plain = fold(text).replace(/\s+/gu, ' ').trim();
  const bare = plain.replace(ENDING, '').replace(OPENING, '');
  return bare === '' ? plain : bare;
}

/** The words of a message, folded as in normalizeText. A symbol (an emoji, a currency sign) is a word of its own. */
export function toWords(text: string): readonly string[] {
  return fold(text).match(WORD) ?? [];
}

/** NFKC without invisible marks: what patterns are run on. */
export function compose(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').trim();
}

/** Lower case by way of upper case, so that ẞ and ß meet SS; composed again, because case can take letters apart. */
function fold(text: string): string {
  const folded = compose(text).toLowerCase().toUpperCase().toLowerCase();
  return folded.normalize('NFKC').replace(/[‘’ʼ]/gu, "'");
}

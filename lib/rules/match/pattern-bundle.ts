/** How many rules share a bundle. Larger ones compile slowly and no longer run faster (measured on 1,000 rules). */
export const BUNDLE_SIZE = 32;

/** A back-reference would count the groups of its neighbours too. */
const BACK_REFERENCE = /\\[1-9k]/;

/** With what every match of a pattern begins, where that is plain; what comes after may make the last optional. */
const PLAIN_START = /^\^([a-z0-9 ]+)(?![?*+{])/i;

/**
 * The patterns of several rules as one alternation: false when none of them is found in a text, true when one may be.
 * Compiles when first asked, and not at all for texts that an earlier rule answers, or that begin as none of the
 * patterns does where each says plainly how it begins: compiling is most of what the first event costs.
 */
export function bundlePatterns(sources: readonly string[]): (text: string) => boolean {
  if (sources.some((source) => BACK_REFERENCE.test(source))) return () => true;
  const starts = sources.map(startOf);
  const longest = Math.max(...starts.map((start) => start.length));
  let regex: RegExp | undefined;
  return (text) => {
    const begin = fold(text.slice(0, longest));
    if (!starts.some((start) => begin.startsWith(start))) return false;
    regex ??= new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'iu');
    return regex.test(text);
  };
}

/** Empty where it may begin in several ways. */
function startOf(source: string): string {
  return source.includes('|') ? '' : (PLAIN_START.exec(source)?.[1] ?? '').toLowerCase();
}

/** By way of capitals, since under the flags `iu` the long s (ſ) is an s; and the Kelvin sign, in small, is a k. */
function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}

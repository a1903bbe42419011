/** How many rules share a bundle. Larger ones compile slowly and no longer run faster (measured on 1,000 rules). */
export const BUNDLE_SIZE = 32;

/** A back-reference would count the groups of its neighbours too. */
const BACK_REFERENCE = /\\[1-9k]/;

/**
 * The patterns of several rules as one alternation: false when none of them is found in a text, true when one may be.
 * Compiles when first asked, and not at all for texts that an earlier rule answers.
 */
export function bundlePatterns(sources: readonly string[]): (text: string) => boolean {
  if (sources.some((source) => BACK_REFERENCE.test(source))) return () => true;
  let regex: RegExp | undefined;
  return (text) => {
    regex ??= new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'iu');
    return regex.test(text);
  };
}

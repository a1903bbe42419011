/** How many rules share a bundle. Larger ones compile slowly and no longer run faster (measured on 1,000 rules). */
export const BUNDLE_SIZE = 32;

/** A back-reference would count the groups of its neighbours too. */
const BACK_REFERENCE = /\\[1-9k]/;

/** The patterns of several rules as one alternation: says at once that none of them is in a text. */
export interface PatternBundle {
  /** False when no pattern of the bundle is found in `text`; true when one may be. */
  mayMatch(text: string): boolean;
}

/** Compiles when first asked, and not at all for texts that an earlier rule answers. */
export function bundlePatterns(sources: readonly string[]): PatternBundle {
  if (sources.some((source) => BACK_REFERENCE.test(source))) return { mayMatch: () => true };
  let regex: RegExp | undefined;
  return {
    mayMatch: (text) => {
      regex ??= new RegExp(sources.map((source) => `(?:${source})`).join('|'), 'iu');
      return regex.test(text);
    },
  };
}

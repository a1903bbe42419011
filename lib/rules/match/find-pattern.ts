/**
 * Compiled once a process. The sources come from the rules, never from outside, so the cache cannot grow without
 * bound.
 */
const compiled = new Map<string, RegExp>();

export interface Found {
  readonly source: string;
  /** The one of `texts` in which it was found. */
  readonly text: string;
  /** The named groups, with what took no part left undefined. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/**
 * The first pattern that is found in one of `texts`; undefined when none is. Patterns ignore case and read whole code
 * points (flags `iu`); those that could take more than linear time were refused when the rules were checked
 * (compile/check-pattern.ts).
 */
export function findPattern(sources: readonly string[], texts: readonly string[]): Found | undefined {
  for (const source of sources) {
    for (const text of texts) {
      const found = regexFor(source).exec(text);
      if (found !== null) return { source, text, groups: found.groups ?? {} };
    }
  }
  return undefined;
}

function regexFor(source: string): RegExp {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const regex = new RegExp(source, 'iu');
  compiled.set(source, regex);
  return regex;
}

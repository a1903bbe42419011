/**
 * Compiled once a process. The sources come from the rules, never from outside, so the cache cannot grow without
 * bound.
 */
const compiled = new Map<string, RegExp>();

/**
 * The named groups of the first pattern found in `text`, without those that took no part; undefined when none is
 * found. Patterns ignore case and read whole code points (flags `iu`); those that could take more than linear time
 * were refused when the rules were checked (compile/check-pattern.ts).
 */
export function findPattern(
  sources: readonly string[],
  text: string,
): Readonly<Record<string, string>> | undefined {
  for (const source of sources) {
    const found = regexFor(source).exec(text);
    if (found === null) continue;
    const groups = Object.entries(found.groups ?? {}).filter(([, value]) => value !== undefined);
    return Object.fromEntries(groups);
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

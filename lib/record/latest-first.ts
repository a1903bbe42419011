/**
 * What stands in `places` from the latest to the first, by number; of two that are equal the one first by name, so that
 * what is cut off does not depend on the order in which they came.
 */
export function latestFirst(places: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...places].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}

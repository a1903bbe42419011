/** For an action after which nothing may come. */
export function isLastOnly(name: string, why: string) {
  return (places: readonly number[], count: number): string | undefined =>
    places.length === 1 && places[0] === count - 1 ? undefined : `"${name}" comes last, and once: ${why}.`;
}

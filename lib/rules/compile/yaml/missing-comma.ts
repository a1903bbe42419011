/** What to say where two keys, or two items, follow each other inside of brackets. */
export function missingComma(next: string, within: string): string {
  const rule =
    within === '['
      ? 'Inside [ ] a comma stands between two items.'
      : 'Inside { } a comma stands between two keys.';
  return `A comma is missing before ${next}. ${rule}`;
}

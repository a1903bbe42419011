/** The world refused, with its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError' as const;
}

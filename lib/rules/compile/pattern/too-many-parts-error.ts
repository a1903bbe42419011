/** Repetitions multiplied out, the pattern has more parts than can be looked at. */
export class TooManyPartsError extends Error {
  override readonly name = 'TooManyPartsError' as const;
}

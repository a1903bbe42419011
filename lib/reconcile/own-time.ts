/** Stop in time to end well: a page may take five seconds, and what was found out is still to be saved. */
const RESERVE_MS = 10_000;

/**
 * Divides the time of a run.
 * @returns whether less than `share` (0 to 1) of it is used up.
 */
export function timeOf(remainingMs: () => number): (share: number) => boolean {
  const whole = Math.max(0, remainingMs() - RESERVE_MS);
  return (share) => remainingMs() - RESERVE_MS > whole * (1 - share);
}

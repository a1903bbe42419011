import { slips } from '../../text/slips.ts';

/** ` Did you mean "x"?` when one of `allowed` is a slip of the finger away from `given`; otherwise nothing. */
export function suggest(given: string, allowed: readonly string[]): string {
  const best = nearest(given, allowed);
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

/** That one of `allowed` which is a slip of the finger away from `given`. */
export function nearest(given: string, allowed: readonly string[]): string | undefined {
  const tolerated = Math.floor(given.length / 3);
  const ranked = allowed
    .map((candidate) => ({
      candidate,
      distance: slips(given.toLowerCase(), candidate.toLowerCase(), tolerated),
    }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= tolerated ? best.candidate : undefined;
}

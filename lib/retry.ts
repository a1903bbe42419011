import type { Random } from './ports.ts';

const BASE_MS = 5_000;
const CAP_MS = 15 * 60_000;

/** Full jitter: after `receiveCount` deliveries, somewhere between zero and 5 s doubled each time, at most 15 min. */
export function backoff(receiveCount: number, random: Random): number {
  return Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** (receiveCount - 1)));
}

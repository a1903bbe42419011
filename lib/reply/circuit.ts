import type { Clock } from '../ports.ts';

/**
 * Stops asking when Twilio is down: after five failures in a row nothing is sent for 30 s, then one probe decides.
 * Lives in one Lambda container; messages wait in the queue meanwhile.
 */
export interface Circuit {
  /** Milliseconds to wait before the next POST; 0 when one may be tried now (and counts as the probe). */
  waitMs(): number;
  succeeded(): void;
  failed(): void;
}

const FAILURES_TO_OPEN = 5;
const OPEN_MS = 30_000;

export function createCircuit(clock: Pick<Clock, 'now'>): Circuit {
  let failures = 0;
  let closedAgainAt = 0;
  return {
    waitMs() {
      const wait = Math.max(0, closedAgainAt - clock.now());
      // Half open: the others keep waiting while this one probes.
      if (wait === 0 && failures >= FAILURES_TO_OPEN) closedAgainAt = clock.now() + OPEN_MS;
      return wait;
    },
    succeeded() {
      failures = 0;
      closedAgainAt = 0;
    },
    failed() {
      failures += 1;
      if (failures >= FAILURES_TO_OPEN) closedAgainAt = clock.now() + OPEN_MS;
    },
  };
}

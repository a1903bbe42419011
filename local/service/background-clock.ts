import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../lib/ports.ts';

/** The machine's time for a local service: what it still waits for does not keep a finished process alive. */
export const backgroundClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms) => {
    await delay(ms, undefined, { ref: false });
  },
};

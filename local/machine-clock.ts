import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../lib/ports.ts';

/** What waits in a local world (receipts, timers, retries) must not keep a process alive whose work is done. */
export const machineClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => delay(ms, undefined, { ref: false }),
};

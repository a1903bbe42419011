import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/** The machine's own time; the only place in lib/ that asks for it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, ends) => {
    await delay(ms, undefined, ends && { signal: ends }).catch((error: unknown) => {
      if (!ends?.aborted) throw error;
    });
  },
};

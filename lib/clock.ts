import { clearTimeout, setTimeout } from 'node:timers';
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

/**
 * Sockets live in real time whatever a Clock says. It keeps no process alive, and costs little, unlike
 * `AbortSignal.timeout`, which goes off even when nobody waits for it any more.
 * @param ms from now; rounded up
 * @returns calls it off
 */
export function afterRealTime(ms: number, act: () => void): () => void {
  const timer = setTimeout(act, Math.ceil(ms)).unref();
  return () => clearTimeout(timer);
}

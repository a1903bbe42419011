import type { Clock } from '../../lib/ports.ts';

/** A clock that stands still until it is told otherwise; sleeping moves it on. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: readonly number[];
}

export function manualClock(start = Date.UTC(2026, 10, 20, 12)): ManualClock {
  let now = start;
  const sleeps: number[] = [];
  return {
    now: () => now,
    sleep: async (ms) => {
      sleeps.push(ms);
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
    sleeps,
  };
}

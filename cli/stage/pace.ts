import type { Clock } from '../../lib/ports.ts';

export interface PaceOptions {
  /** How many a second. */
  readonly rate: number;
  readonly ends?: AbortSignal | undefined;
  /** Called now and then with how many are done. */
  readonly onProgress: (done: number) => void;
}

const TELL_EVERY_MS = 10_000;

/** @returns what is to be called after each of many things, and waits before the next */
export function paceOf(clock: Clock, { rate, ends, onProgress }: PaceOptions): () => Promise<void> {
  let [done, toldAt] = [0, clock.now()];
  return async () => {
    done += 1;
    if (clock.now() - toldAt >= TELL_EVERY_MS) {
      onProgress(done);
      toldAt = clock.now();
    }
    await clock.sleep(1000 / rate, ends);
  };
}

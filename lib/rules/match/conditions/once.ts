import { onceKey } from '../../once-key.ts';
import { showDuration } from '../show-duration.ts';
import type { Condition } from './condition.ts';

/** Milliseconds for which it says nothing more once it has spoken. */
export const once: Condition<number> = {
  holds: (ms, { at, memory }, asker) => {
    const spokeAt = memory.once?.[onceKey(asker)];
    return spokeAt === undefined || at - spokeAt >= ms;
  },
  yes: (ms) => `it has not spoken for ${showDuration(ms)}`,
  no: (ms) => `it has spoken in the last ${showDuration(ms)}`,
};

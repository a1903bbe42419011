import type { Profile } from '../profile.ts';

/** One POST with all its retries (lib/reply/sending.ts). */
const POST_MS = 8_000;
/** REPLY_SETTLE_SECONDS, less two clocks that are off by a second each, and lists that lag by two. */
const BOUND_MS = 45_000 - 2 * 1_000 - 2_000;

/** A POST that takes effect at the last moment at which that is promised to be found. */
export const late: Profile = {
  name: 'late',
  about:
    'POSTs that take effect up to the very end of the settle time, less what clocks and lists may be off by',
  scene: ({ random }) => {
    const share = random() * 0.6;
    let isOver = false;
    return {
      load: (drawn) => ({ ...drawn, timeoutLate: 0, staleList: random(), skewMs: 1_000 }),
      world: {
        tamper: (chance) => ({
          ...chance,
          atRequest: (process, request) => {
            if (isOver || request.method !== 'POST' || random() >= share)
              return chance.atRequest(process, request);
            // The settle time began when the send was noted, which this much of its own time ago.
            const begunMs = POST_MS - request.timeoutMs;
            const leftMs = BOUND_MS - begunMs - 100;
            const commitAfterMs = Math.floor(30_000 + random() * (leftMs - 30_000));
            return { kind: 'timeout', commit: 'late', commitAfterMs };
          },
        }),
      },
      calm: async () => {
        isOver = true;
      },
    };
  },
};

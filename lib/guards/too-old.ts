import type { Guard } from './guard.ts';

/** Its outcome is *stale*, which needs no reason beside it. */
export const tooOld: Guard = {
  reason: 'stale',
  says: 'It is too old to be answered (REPLY_MAX_AGE_SECONDS).',
  stops: ({ at, now, maxAgeMs, answerUntil = 0 }) => now - at > maxAgeMs && now > answerUntil,
};

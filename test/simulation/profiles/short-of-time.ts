import type { Profile } from '../profile.ts';
import { SCHEDULE } from '../world.ts';
import { playCustomers } from './customers.ts';

const SECOND = 1_000;

/**
 * The reconciler has hardly any time, or runs several times at once, and many webhooks are lost: what one run does not
 * get to, the next ones find, and nothing is found twice.
 */
export const shortOfTime: Profile = {
  name: 'short-of-time',
  about: 'The reconciler runs out of time, or runs several times at once, while many webhooks are lost',
  scene: ({ random }) => {
    // It stops ten seconds before its end.
    const timeoutMs = random() < 0.6 ? (11 + random() * 3) * SECOND : SCHEDULE.timeoutMs;
    const atOnce = timeoutMs < SCHEDULE.timeoutMs && random() < 0.5 ? 1 : 2 + Math.floor(random() * 2);
    return {
      load: (drawn) => ({ ...drawn, webhookDrop: 0.2 + random() * 0.5 }),
      world: { schedule: { ...SCHEDULE, timeoutMs, atOnce } },
      play: (stage) =>
        playCustomers(
          { ...stage, maxMessages: 2 * stage.maxMessages },
          { conversations: 4 + Math.floor(random() * 16) },
        ),
    };
  },
};

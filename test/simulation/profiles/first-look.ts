import { SINCE_KEY } from '../../../lib/record/keys.ts';
import type { Profile } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import { SCHEDULE } from '../world.ts';
import { playCustomers } from './customers.ts';

const MINUTE = 60_000;

/**
 * Customers write before the reconciler has looked for the first time, while everything fails. What came to the queue is
 * answered, in its order, whatever came first; what Twilio could not tell us of may be history.
 */
export const firstLook: Profile = {
  name: 'first-look',
  about: 'The first messages of an installation come before the reconciler has run for the first time',
  share: 0,
  scene: ({ random }) => ({
    world: { schedule: { ...SCHEDULE, firstMs: MINUTE + random() * 8 * MINUTE } },
    play: (stage) => playCustomers(stage),
    reckon: async ({ world, written }) => {
      const since = (await world.store.get<{ since: number }>(SINCE_KEY))?.value.since ?? 0;
      for (const [at, message] of written.entries()) {
        const isHistory = writtenAt(world, message) < since;
        if (!isHistory || world.watch.queuedKeys.has(`onMessageAdded|${message.sid}`)) continue;
        const isSilent = repliesTo(world, message).length === 0;
        written[at] = {
          ...message,
          due: isSilent ? 0 : message.due,
          outcome: isSilent ? `${message.outcome}|none` : message.outcome,
        };
      }
    },
  }),
};

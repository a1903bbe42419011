import type { Profile } from '../profile.ts';

const HOUR = 3_600_000;

/** As with a dead letter, or after four days: its record may be in flight by then, and half its answer sent. */
export const vanished: Profile = {
  name: 'vanished',
  about:
    'The queue loses messages that are being worked on: what is in flight in the table is taken up again',
  share: 0.25,
  scene: ({ random }) => {
    const share = 0.2 + random() * 0.6;
    let isOver = false;
    const lost = new Set<string>();
    return {
      load: (drawn) => ({ ...drawn, redelivery: 0 }),
      world: {
        loses: ({ deduplicationId }) => {
          const isLost = !isOver && random() < share;
          if (isLost) lost.add(deduplicationId);
          return isLost;
        },
      },
      // The latest look of all is a day after the last activity; by then it is too old to be answered.
      quietMs: 26 * HOUR,
      calm: async () => {
        isOver = true;
      },
      reckon: async ({ written }) => {
        for (const [at, message] of written.entries()) {
          if (!lost.has(`onMessageAdded|${message.sid}`)) continue;
          const { due, outcome } = message;
          written[at] = { ...message, due: 0, most: due, outcome: `${outcome}|stale` };
        }
      },
    };
  },
};

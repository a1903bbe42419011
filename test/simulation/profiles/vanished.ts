import type { Profile } from '../profile.ts';

const HOUR = 3_600_000;

/** As with a dead letter, or after four days: its record may be in flight by then, and half its answer sent. */
export const vanished: Profile = {
  name: 'vanished',
  about:
    'The queue loses messages that are being worked on: what is in flight in the table is taken up again',
  share: 0,
  scene: ({ random }) => {
    const share = 0.2 + random() * 0.6;
    let isOver = false;
    return {
      load: (drawn) => ({ ...drawn, redelivery: 0 }),
      world: { loses: () => !isOver && random() < share },
      quietMs: 14 * HOUR,
      calm: async () => {
        isOver = true;
      },
    };
  },
};

import type { Written } from '../oracle.ts';
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
        loses: (key) => {
          const isLost = !isOver && random() < share;
          if (isLost) lost.add(key);
          return isLost;
        },
      },
      // The latest look of all is a day after the last activity; by then it is too old to be answered.
      quietMs: 26 * HOUR,
      calm: async () => {
        isOver = true;
      },
      reckon: async ({ world, written }) => {
        const isLost = ({ sid }: Written) => lost.has(keyOf(sid));
        for (const [at, message] of written.entries()) {
          // What no webhook brought may have been worked on before one that the queue lost.
          const isBehind = ({ index, conversationSid }: Written) =>
            conversationSid === message.conversationSid && index > message.index;
          const isUnheard = !world.watch.heard.has(keyOf(message.sid));
          if (!isLost(message) && !(isUnheard && written.some((one) => isLost(one) && isBehind(one))))
            continue;
          const { due, outcome } = message;
          written[at] = { ...message, due: 0, most: due, outcome: `${outcome}|stale` };
        }
      },
    };
  },
};

function keyOf(sid: string): string {
  return `onMessageAdded|${sid}`;
}

import { onlyWebhooks } from '../calm.ts';
import type { CallFault, OneCall } from '../chaos.ts';
import { createDeliveries } from '../deliveries.ts';
import type { Profile } from '../profile.ts';
import { BOOKS, judgeEnd, oweNothing, playVictim } from './one-that-fails.ts';

/** Where the process dies on its message, each time: in its own code, or at a request to Twilio. */
const MOMENTS = ['deciding', 'deciding', 'GET before', 'GET after', 'POST before', 'POST after'] as const;
/** A function that has died is given up after its message's visibility timeout, so the sixth delivery is that much later. */
const ENDS_WITHIN_MS = 2 * 180_000;

/** As with memory that one message uses up. */
export const deadly: Profile = {
  name: 'deadly',
  about: 'The process dies on one message each time, and leaves nobody to set it aside',
  scene: ({ random, now }) => {
    const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'deciding';
    const deliveries = createDeliveries({ now });
    let victim: string | undefined;
    const isAtWork = ({ subject }: { readonly subject?: string | undefined }) =>
      victim !== undefined && subject === `onMessageAdded|${victim}`;

    function death({ process, name }: OneCall): CallFault | undefined {
      const [method, when] = moment.split(' ');
      if (process.name !== 'reply' || !isAtWork(process) || !name.startsWith(`${method} /`)) return undefined;
      return { kind: 'crash', when: when === 'before' ? 'before' : 'after' };
    }

    return {
      load: onlyWebhooks,
      world: {
        rules: (version, process) =>
          new Proxy(BOOKS[version], {
            get: (book, name, self) => {
              // Whatever the guards and the rules are asked with, they are asked for with this.
              if (moment === 'deciding' && process.name === 'reply' && isAtWork(process)) process.kill();
              return Reflect.get(book, name, self);
            },
          }),
        onDelivery: deliveries.onDelivery,
        onUntouched: deliveries.onUntouched,
        tamper: (chance) => ({ ...chance, atCall: (call) => death(call) ?? chance.atCall(call) }),
      },
      play: (stage) =>
        playVictim(stage, ({ sid, body }) => {
          victim = sid;
          stage.trace(`the process dies on "${body}" each time: ${moment}`);
        }),
      // It may take twenty minutes to die so often.
      reckon: async ({ written }) => oweNothing(written, victim),
      judge: (stage) => judgeEnd(stage, victim, deliveries, ENDS_WITHIN_MS),
    };
  },
};

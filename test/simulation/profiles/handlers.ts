import { text } from '../../../lib/handlers/build-actions.ts';
import type { Context } from '../../../lib/handlers/context.ts';
import type { Handlers } from '../../../lib/handlers/define-handlers.ts';
import { openEnvelope } from '../../../lib/queue/envelope.ts';
import { answersOf, compileCalls } from '../call-rules.ts';
import type { Mortal } from '../mortal.ts';
import type { Profile } from '../profile.ts';
import { DEATHS } from '../set-aside.ts';

/** What a handler may do; it draws anew whenever it is called. */
const MOODS = ['good', 'good', 'good', 'late', 'never', 'throws', 'wrong', 'huge', 'shifty'] as const;
/** How many messages it cannot bear: it ends the process whenever it is asked about one. */
const DEADLY = 0.15;

const BOOKS = { A: compileCalls('A'), B: compileCalls('B') };

/** A text that is another one whenever it is read again. */
function readDifferently(first: string) {
  let reads = 0;
  return {
    kind: 'text',
    split: false,
    get text() {
      reads += 1;
      return reads === 1 ? first : 'x'.repeat(100_000);
    },
  };
}

/** A handler that does whatever code can do, but for keeping the processor to itself. */
export const handlers: Profile = {
  name: 'handlers',
  about:
    'A handler is late, throws, returns too much or another thing each time, and ends the process, while everything fails',
  scene: ({ random }) => {
    const deadly = new Map<string, boolean>();
    const deaths = new Map<string, number>();
    /** How often the queue handed a message over for the first time. */
    const firsts = new Map<string, number>();
    let calls = 0;

    async function answer(process: Mortal, n: string, parts: number, { key, signal }: Context) {
      calls += 1;
      if (!deadly.has(key)) deadly.set(key, random() < DEADLY);
      if (deadly.get(key)) {
        deaths.set(key, (deaths.get(key) ?? 0) + 1);
        process.kill();
        return new Promise<never>(() => undefined);
      }
      const good = answersOf(n, parts, calls);
      switch (MOODS[Math.floor(random() * MOODS.length)]) {
        case 'late':
          await process.clock.sleep(random() * 20_000);
          if (signal.aborted) throw new Error(`answer ${n} comes too late`);
          return good;
        case 'never':
          return new Promise<never>(() => undefined);
        case 'throws':
          throw Object.assign(new Error(`answer ${n}`), { code: `answer ${n}` });
        case 'wrong':
          return { kind: `answer ${n}` };
        case 'huge':
          return Array.from({ length: 2 + Math.floor(random() * 20) }, () =>
            text('x'.repeat(5_000), { split: true }),
          );
        case 'shifty':
          return [good].flat().map((one) => readDifferently(one.text));
        default:
          return good;
      }
    }

    return {
      world: {
        rules: (version) => BOOKS[version],
        handlers: (process): Handlers => ({
          look: ({ n = '', parts }, context) => answer(process, n, Number(parts), context),
        }),
        onDelivery: ({ body, receiveCount }) => {
          const { event } = openEnvelope(body);
          if (receiveCount > 1 || !('MessageSid' in event)) return;
          firsts.set(event.MessageSid, (firsts.get(event.MessageSid) ?? 0) + 1);
        },
      },
      reckon: async ({ world, written }) => {
        // A death under a handler is marked from the second delivery on, and counts with those of chance.
        for (const [at, message] of written.entries()) {
          const own = deaths.get(message.sid) ?? 0;
          const { deaths: others } = world.watch.trials(`onMessageAdded|${message.sid}`);
          if (own === 0 || own + others < DEATHS) continue;
          const { due, outcome } = message;
          written[at] = { ...message, due: 0, most: due, outcome: `${outcome}|quarantined` };
        }
      },
      judge: async () =>
        [...deaths].flatMap(([key, count]) =>
          count > Math.max(2, 1 + (firsts.get(key) ?? 0)) ? [`${key} ended the process ${count} times`] : [],
        ),
    };
  },
};

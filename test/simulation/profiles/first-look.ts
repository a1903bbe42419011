import { SINCE_KEY } from '../../../lib/record/keys.ts';
import type { Written } from '../oracle.ts';
import type { Profile } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import { SCHEDULE, type SimulatedWorld } from '../world.ts';
import { playCustomers } from './customers.ts';

const MINUTE = 60_000;

/** A look lists the conversations that began a minute before it, and later. */
const NEW_MS = MINUTE;

/**
 * Customers write before the reconciler has looked for the first time, while everything fails. What came to the queue is
 * answered, in its order, whatever came first; what Twilio could not tell us of may be history. Where it waited in the
 * spool it cannot be told from history by what overtook it, and of a conversation from before that look, in which
 * nothing was heard of, nobody knows.
 */
export const firstLook: Profile = {
  name: 'first-look',
  about: 'The first messages of an installation come before the reconciler has run for the first time',
  scene: ({ random, now }) => {
    let begunAt = 0;
    return {
      world: { schedule: { ...SCHEDULE, firstMs: MINUTE + random() * 8 * MINUTE } },
      play: (stage) => {
        begunAt = now();
        return playCustomers(stage);
      },
      reckon: async ({ world, written }) => {
        const since = (await world.store.get<{ since: number }>(SINCE_KEY))?.value.since ?? 0;
        const all = [...written];
        for (const [at, message] of all.entries()) {
          const isHistory = writtenAt(world, message) < since;
          const others = all.filter(({ conversationSid }) => conversationSid === message.conversationSid);
          const isUnknown = begunAt < since - NEW_MS && !others.some((other) => isQueued(world, other));
          if (isQueued(world, message)) {
            const isPassed = isHistory && others.some((other) => overtakes(world, other, message, since));
            if (isPassed) written[at] = { ...message, index: -1 };
          } else if (isHistory || isUnknown) {
            written[at] = { ...unlessSilent(world, message), ...(isUnknown && { mayBeLost: true }) };
          }
        }
      },
    };
  },
};

function queuedAt({ watch }: SimulatedWorld, { sid }: Written): number {
  return watch.queuedKeys.get(`onMessageAdded|${sid}`) ?? Number.POSITIVE_INFINITY;
}

function isQueued(world: SimulatedWorld, message: Written): boolean {
  return queuedAt(world, message) < Number.POSITIVE_INFINITY;
}

/** Whether `later` came to the queue before `message` did, and is no history itself. */
function overtakes(world: SimulatedWorld, later: Written, message: Written, since: number): boolean {
  const isLater = later.index > message.index && writtenAt(world, later) >= since;
  return isLater && queuedAt(world, later) < queuedAt(world, message);
}

function unlessSilent(world: SimulatedWorld, message: Written): Written {
  if (repliesTo(world, message).length > 0) return message;
  return { ...message, due: 0, outcome: `${message.outcome}|none` };
}

import { readRecord } from '../oracle.ts';
import { drawKind, writeAsCustomer } from '../people.ts';
import type { Profile, Scene, Stage } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Settings } from '../world.ts';
import { playCustomers } from './customers.ts';

const MINUTE = 60_000;
/** Whoever is at work when the settings change, goes on with the old ones: until then either are right. */
const OVERLAP_MS = MINUTE;

/**
 * The bot is deployed with other settings in the middle: another author, another settle time, more agents, or switched
 * off and on again. What is decided stays decided, so a customer sees one answer by one author; only switching off keeps
 * back what was decided, and only where nothing of it was sent.
 */
export const settings: Profile = {
  name: 'settings',
  about: 'BOT_AUTHOR, AGENTS, REPLY_SETTLE_SECONDS or BOT_MODE change while messages are being answered',
  scene: (scheduler) => createScene(scheduler),
};

type Change = (stage: Stage) => void;

function createScene(scheduler: Scheduler): Scene {
  const { random } = scheduler;
  const times = Array.from({ length: 1 + Math.floor(random() * 3) }, () => random() * 7 * MINUTE).sort(
    (a, b) => a - b,
  );
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? changeAuthor;
  const { changes, reckon, judge } = kind(scheduler, times);
  return {
    // A process that stands still for minutes knows nothing of new settings, and no rule says that it must.
    load: (drawn) => ({ ...drawn, stall: 0 }),
    play: async (stage) => {
      for (const [at, time] of times.entries()) scheduler.after(time, () => changes[at]?.(stage));
      await playCustomers(stage);
    },
    ...(reckon && { reckon }),
    judge: async (stage) => {
      const { world, written } = stage;
      const mixed = written.flatMap((message) => {
        const authors = new Set(repliesTo(world, message).map(({ author }) => author));
        return authors.size > 1 ? [`"${message.body}" was answered by ${[...authors].join(' and ')}`] : [];
      });
      return [...mixed, ...((await judge?.(stage)) ?? [])];
    },
  };
}

interface Plan {
  readonly changes: readonly Change[];
  readonly reckon?: (stage: Stage) => Promise<void>;
  readonly judge?: (stage: Stage) => Promise<readonly string[]>;
}

type Kind = (scheduler: Scheduler, times: readonly number[]) => Plan;

const set =
  (changes: Settings): Change =>
  ({ world }) =>
    world.setSettings(changes);

const changeAuthor: Kind = (_, times) => ({
  changes: times.map((_time, at) => set({ BOT_AUTHOR: ['support', 'parley', 'help desk'][at] ?? 'support' })),
});

/** Each of them is longer than what the protocol promises needs. */
const changeSettleTime: Kind = ({ random }, times) => ({
  changes: times.map(() => set({ REPLY_SETTLE_SECONDS: String(45 + Math.floor(random() * 60)) })),
});

/** Somebody becomes an agent, stays one, and writes from then on. */
const changeAgents: Kind = (scheduler, times) => ({
  changes: times.map((_time, at) => (stage) => {
    const { world } = stage;
    const identity = `helper-${at}`;
    world.setSettings({ AGENTS: `${world.settings()['AGENTS']}, ${identity}` });
    scheduler.after(OVERLAP_MS + scheduler.random() * MINUTE, () => void writeAsHelper(stage, identity));
  }),
});

async function writeAsHelper(stage: Stage, identity: string): Promise<void> {
  const { world, scheduler, written, trace } = stage;
  const conversationSid = written.at(-1)?.conversationSid;
  if (conversationSid === undefined) return;
  await world.service.customer.join({ conversationSid, identity });
  const body = `one ${written.length}`;
  const { sid, index } = await world.service.customer.write({ conversationSid, body, author: identity });
  const message = { sid: String(sid), index: Number(index), conversationSid, body };
  written.push({ ...message, due: 0, outcome: 'suppressed', byAgentAt: scheduler.now() });
  trace(`${identity} writes "${body}" (index ${index})`);
  scheduler.after(scheduler.random() * MINUTE, () => {
    void writeAsCustomer({ ...stage, conversationSid }, drawKind(scheduler.random));
  });
}

/** Off, or dry, for a while; what comes late may be decided before that, in it or after it. */
const switchOff: Kind = ({ random }, times) => {
  const mode = random() < 0.5 ? 'off' : 'dry-run';
  const switched: number[] = [];
  const changes = times.map(
    (_time, at): Change =>
      ({ world, scheduler }) => {
        world.setSettings({ BOT_MODE: at % 2 === 0 ? mode : 'live' });
        switched.push(scheduler.now());
      },
  );
  return {
    changes,
    reckon: async ({ world, written }) => {
      const lastSwitch = switched.length % 2 === 1 ? Number.POSITIVE_INFINITY : (switched.at(-1) ?? 0);
      for (const [at, message] of written.entries()) {
        const { due, outcome } = message;
        if (writtenAt(world, message) >= lastSwitch + OVERLAP_MS) continue;
        const isSilent = repliesTo(world, message).length === 0;
        const silent = due === 0 ? `${outcome}|suppressed` : 'suppressed';
        written[at] = isSilent ? { ...message, due: 0, outcome: silent } : message;
      }
    },
    judge: async ({ world, written }) => {
      const problems: string[] = [];
      for (const message of written) {
        const [first] = repliesTo(world, message);
        const began = (await readRecord(world, message))?.parts[0];
        // Sent once before, with nobody knowing whether it took effect, it is not kept back.
        if (first === undefined || began?.attempts !== 1) continue;
        const off = switched.findLastIndex((from) => from + OVERLAP_MS < first.at);
        if (off % 2 === 0 && first.at < (switched[off + 1] ?? Number.POSITIVE_INFINITY))
          problems.push(`"${message.body}" was answered ${first.at - (switched[off] ?? 0)} ms after ${mode}`);
      }
      return problems;
    },
  };
};

const KINDS: readonly Kind[] = [changeAuthor, changeAuthor, changeSettleTime, changeAgents, switchOff];

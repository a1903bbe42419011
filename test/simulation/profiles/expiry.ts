import { LIFETIMES } from '../../../lib/record/keys.ts';
import { judge, type Written } from '../oracle.ts';
import { drawKind, writeAsCustomer } from '../people.ts';
import type { Profile, Scene, Stage } from '../profile.ts';
import { repliesTo, writtenAt } from '../replies.ts';
import type { Scheduler } from '../scheduler.ts';
import { SCHEDULE } from '../world.ts';
import { playOrdinary } from './ordinary.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const RECORDS_LIVE_MS = LIFETIMES.record * DAY;
/** Clocks are off by a second at most, and expiry is told in whole seconds. */
const EDGE_MS = 3_000;

/**
 * After everything is answered nobody writes for a month; the reconciler runs once a day then, and at the very second
 * in which a record expires. What has no record any more is history, and who writes after that is answered as ever.
 */
export const expiry: Profile = {
  name: 'expiry',
  about: 'Records expire after thirty days, while the reconciler runs on, and then people write again',
  // A month of runs takes its time.
  share: 0.5,
  scene: (scheduler) => createScene(scheduler),
};

function createScene(scheduler: Scheduler): Scene {
  const { random } = scheduler;
  let runsAt: number | undefined;
  /** What was written before the month, and how it stood then. */
  let before: readonly Written[] | undefined;
  let problems: readonly string[] = [];
  /** The reconciler's next run is at `runsAt`, or a day before. */
  const untilNextRun = () => {
    const left = (runsAt ?? 0) - scheduler.now();
    return left > DAY ? Math.max(left - DAY, DAY) : left > 0 ? left : SCHEDULE.everyMs;
  };

  async function letExpire({ world, written }: Stage): Promise<void> {
    const one = written[Math.floor(random() * written.length)];
    const expires = (one === undefined ? scheduler.now() : writtenAt(world, one)) + RECORDS_LIVE_MS;
    runsAt = expires + (random() * 2 - 1) * EDGE_MS;
    await scheduler.run(runsAt + 15 * MINUTE);
    runsAt += DAY;
    await scheduler.run(runsAt + MINUTE);
  }

  async function writeAgain(stage: Stage): Promise<void> {
    const talks = [...new Set(stage.written.map(({ conversationSid }) => conversationSid))];
    for (const conversationSid of talks) {
      const write = () => void writeAsCustomer({ ...stage, conversationSid }, drawKind(random));
      scheduler.after(random() * MINUTE, write);
      if (random() < 0.5) scheduler.after(random() * 3 * MINUTE, write);
    }
    await scheduler.run(scheduler.now() + 12 * MINUTE);
  }

  return {
    world: {
      schedule: {
        ...SCHEDULE,
        get everyMs() {
          return untilNextRun();
        },
      },
    },
    play: playOrdinary,
    isAtRest: async (stage) => {
      if (before !== undefined) return true;
      const { world, written } = stage;
      ({ problems } = await judge(world, written));
      before = written.map((message) => {
        const { due, most = due, parts = most } = message;
        const seen = repliesTo(world, message).length;
        return { ...message, due: seen, most: seen, parts, outcome: 'none' };
      });
      await letExpire(stage);
      await writeAgain(stage);
      return true;
    },
    reckon: async ({ written }) => {
      for (const [at, message] of (before ?? []).entries()) written[at] = message;
    },
    judge: async () => problems.map((problem) => `before the month: ${problem}`),
  };
}

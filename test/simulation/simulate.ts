import { createHash } from 'node:crypto';
import { withoutOrder } from './behind-gap.ts';
import { drawFaultLoad, type FaultLoad, NO_FAULTS } from './fault-load.ts';
import { judge, readRecord, spooled, type Verdict, type Written } from './oracle.ts';
import type { Profile, Stage } from './profile.ts';
import { ordinary, playOrdinary } from './profiles/ordinary.ts';
import { createScheduler, EPOCH, type Scheduler, seededRandom } from './scheduler.ts';
import { createWorld, type SimulatedWorld } from './world.ts';

export interface SimulateOptions {
  /** @default ordinary */
  readonly profile?: Profile | undefined;
  /** Changes what the seed draws, as when a failing seed is shrunk. */
  readonly adjust?: (drawn: FaultLoad) => FaultLoad;
  /** Most messages in all. @default 8 */
  readonly maxMessages?: number;
  readonly trace?: (line: string) => void;
}

export interface History extends Verdict {
  readonly seed: number;
  /** The name of its profile. */
  readonly profile: string;
  readonly load: FaultLoad;
  readonly messages: number;
  /** Steps of the scheduler. */
  readonly steps: number;
  /** Messages that went back to the queue. */
  readonly retries: number;
  /** Of everything that was said, logged and stored: the same seed has the same. */
  readonly hash: string;
}

const MINUTE = 60_000;
/** Faults and people both stop after at most this. */
const TROUBLE_MS = 8 * MINUTE;
/** From then on everything must come to rest within this. */
const QUIET_MS = 60 * MINUTE;
/** Two runs of the reconciler, and the latest redelivery. */
const LOOK_EVERY_MS = 12 * MINUTE;

const SETTINGS = {
  // The faults last for minutes; nothing may become stale for them.
  REPLY_MAX_AGE_SECONDS: '86400',
  // Budgets have a simulation of their own.
  REPLIES_PER_MINUTE: '1000',
  REPLIES_PER_HOUR: '10000',
  REPLIES_PER_DAY: '10000',
};

/** One seed of a profile: people write, everything fails, the faults stop, and what customers see is judged. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<History> {
  const { profile = ordinary, maxMessages = 8 } = options;
  const random = seededRandom(seed);
  const scheduler = createScheduler(random);
  const trace = (line: string) => options.trace?.(`${((scheduler.now() - EPOCH) / 1000).toFixed(3)} ${line}`);
  const drawn = drawFaultLoad(random);
  const scene = profile.scene(scheduler);
  const needed = scene.load?.(drawn) ?? drawn;
  const load = options.adjust?.(needed) ?? needed;
  const environment = { ...SETTINGS, ...scene.world?.environment };
  const world = createWorld({ ...scene.world, scheduler, load, trace, environment });
  const written: Written[] = [];
  const stage: Stage = { world, scheduler, written, trace, maxMessages };
  // Until the first reconcile has run there is no installation, and what was written before is nobody's.
  await scheduler.run(EPOCH + MINUTE);
  world.setFaults(load);
  await (scene.play ?? playOrdinary)(stage);
  await change(stage, load);

  await scheduler.run(EPOCH + MINUTE + (scene.troubleMs ?? TROUBLE_MS));
  trace('the faults stop');
  world.setFaults(NO_FAULTS);
  await scene.calm?.(stage);
  const end = scheduler.now() + (scene.quietMs ?? QUIET_MS);
  const rests = async () => (await isAtRest(world, written)) && ((await scene.isAtRest?.(stage)) ?? true);
  do await scheduler.run(Math.min(end, scheduler.now() + LOOK_EVERY_MS));
  while (scheduler.now() < end && !(await rests()));
  await scene.reckon?.(stage);
  written.splice(0, written.length, ...withoutOrder(world, written));
  const verdict = await judge(world, written);
  const problems = [...verdict.problems, ...((await scene.judge?.(stage, verdict)) ?? [])];
  const retries = world.logs.filter((line) => line.includes('"handed back to the queue"')).length;
  const hash = hashOf(world, scheduler);
  const { name } = profile;
  const { steps } = scheduler;
  return { ...verdict, problems, seed, profile: name, load, messages: written.length, steps, retries, hash };
}

/** The bot is deployed anew, and back; the token rotates. */
async function change({ world, scheduler }: Stage, load: FaultLoad): Promise<void> {
  const { random } = scheduler;
  for (let swap = 0; swap < load.versionSwaps; swap += 1) {
    scheduler.after(random() * TROUBLE_MS, () => world.setVersion(swap % 2 === 0 ? 'B' : 'A'));
  }
  if (!load.rotateToken) return;
  await world.addToken();
  // Secrets are kept for five minutes.
  scheduler.after(6 * MINUTE + random() * 2 * MINUTE, () => void world.promoteToken());
}

export async function isAtRest(world: SimulatedWorld, written: readonly Written[]): Promise<boolean> {
  if (world.queue.size() > 0 || spooled(world) > 0) return false;
  for (const message of written) {
    const record = await readRecord(world, message);
    if (record?.finished === undefined && !message.outcome.includes('none')) return false;
  }
  return true;
}

function hashOf({ logs, shown, store }: SimulatedWorld, { steps }: Scheduler): string {
  const all = JSON.stringify([logs, shown, store.items(), steps]);
  return createHash('sha256').update(all).digest('hex').slice(0, 16);
}

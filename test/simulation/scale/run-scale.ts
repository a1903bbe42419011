import type { Clock, Store } from '../../../lib/ports.ts';
import { spoolingQueue } from '../../../lib/queue/spool.ts';
import { createMemoryStore } from '../../../local/lambda/memory-store.ts';
import { createScheduler, EPOCH, seededRandom } from '../scheduler.ts';
import type { Usage } from './counting-store.ts';
import { deployedSchedule } from './deployed-schedule.ts';
import { createEars } from './ears.ts';
import { invokeReconcile, type Surroundings } from './invoke-reconcile.ts';
import { createPopulation, DAY, HOUR, type Planned } from './population.ts';
import type { Run, ScaleOptions, ScaleResult } from './scale-types.ts';
import { createTwilioPages } from './twilio-pages.ts';

const TICK_MS = 10_000;
/** What is lost at the very end would not be found before it. */
const LAST_MS = 900_000;
/** The day before, parley hears of everything, and nobody looks. */
const START = EPOCH + DAY;

/**
 * The real reconciler for hours of virtual time, as often and as long as it is deployed for, against lists of Twilio's
 * and a table in memory. One seed is one history.
 */
export async function runScale(options: ScaleOptions): Promise<ScaleResult> {
  const { conversations: active, silent, hours, lost, newestFirst } = options;
  const scheduler = createScheduler(seededRandom(options.seed));
  const store = createMemoryStore({ clock: scheduler });
  const population = createPopulation(scheduler.random, { active, silent, start: START });
  const ears = createEars(population, { store, clock: scheduler });
  const end = START + hours * HOUR;
  const at = (time: number, act: () => void) => scheduler.after(time - EPOCH, act);

  // Ten seconds at a time: a step of the scheduler for each message would take longer than all the rest.
  const ticks = new Map<number, Planned[]>();
  const plan = (all: readonly Planned[]) => {
    for (const planned of all) {
      const tick = Math.ceil(planned.at / TICK_MS) * TICK_MS;
      ticks.set(tick, [...(ticks.get(tick) ?? []), planned]);
    }
  };
  const live = async (tick: number) => {
    for (const planned of ticks.get(tick) ?? []) await ears.write(planned);
    ticks.delete(tick);
  };
  for (let day = EPOCH; day < end; day += DAY) at(day, () => plan(population.planDay(day)));
  for (let tick = EPOCH + TICK_MS; tick <= end; tick += TICK_MS) at(tick, () => void live(tick));

  if (lost > 0) {
    const [from, until] = [START + HOUR, end - LAST_MS];
    plan(population.planLosses(from, until, lost));
    at((from + until) / 2, () => void leaveSign(store, scheduler));
  }

  const counted: Record<string, number> = {};
  const usage: Usage = { reads: 0, readUnits: 0, writes: 0, writeUnits: 0 };
  const pages = createTwilioPages(population, newestFirst);
  const write = (line: string) => countLine(counted, line);
  const surroundings: Surroundings = { scheduler, store, pages, queued: ears.queued, usage, write };
  const runs: Run[] = [];
  const { everyMs, timeoutMs } = deployedSchedule();
  const look = () => void invokeReconcile(surroundings, timeoutMs).then((run) => runs.push(run));
  for (let run = START; run < end; run += everyMs) at(run, look);

  await scheduler.run(START);
  const [requests, used]: [ScaleResult['requests'][number][], Usage[]] = [[], []];
  for (let hour = 1; hour <= hours; hour += 1) {
    const before = { asked: { ...pages.asked }, usage: { ...usage } };
    await scheduler.run(START + hour * HOUR);
    requests.push(less({ ...pages.asked }, before.asked));
    used.push(less({ ...usage }, before.usage));
  }
  return { losses: ears.losses, runs, requests, counted, usage: used };
}

/** An event comes through the spool, as after a quarter of an hour without SQS: webhooks may have been lost, too. */
async function leaveSign(store: Store, clock: Clock): Promise<void> {
  const queue = { send: () => Promise.reject(new Error('SQS is down')) };
  const event = { groupId: 'CH1', deduplicationId: 'onMessageAdded|IM1', body: '{}' };
  await spoolingQueue({ queue, store, clock, log: { count: () => undefined } }).send(event);
}

function less<T extends Record<string, number>>(now: T, before: T): T {
  const entries = Object.entries(now).map(([name, value]) => [name, value - (before[name] ?? 0)]);
  return Object.fromEntries(entries) as T;
}

/** @param line of lib/log.ts, of which those without a message name what they count */
function countLine(counted: Record<string, number>, line: string): void {
  const { _aws, time, message, reason, ...values } = JSON.parse(line) as Record<string, unknown>;
  if (message !== undefined) return;
  for (const [name, value] of Object.entries(values)) {
    const key = reason === undefined ? name : `${name} (${String(reason)})`;
    counted[key] = (counted[key] ?? 0) + Number(value);
  }
}

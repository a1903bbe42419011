import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../lib/ports.ts';
import { seededRandom } from '../simulation/scheduler.ts';
import { judge, sum, type Verdict } from './judge.ts';
import { drawTime, drawTrial, type Odds, shuffle } from './random-trials.ts';
import { type Attempt, momentsOf, play, type Scenario, tellingMomentsOf } from './scenarios.ts';
import type { Invocation, Moment } from './tapped-function.ts';
import { askForOrder, plannedKills, type Trial } from './trial.ts';
import { startWorld, type World, type WorldOptions } from './world.ts';

export interface ChaosOptions extends WorldOptions {
  /** At least so many. All moments of the scenarios come first, whatever their number. */
  readonly kills: number;
  readonly seed: number;
  readonly scenarios: readonly Scenario[];
  /** Whether moments of the scenarios are left out that leave behind what another one does. */
  readonly brief?: boolean;
  /** Whether a run of the reconciler that would find a message is killed in turn at each kind of call it makes. */
  readonly reconciler?: boolean;
  /** Takes a line of progress. */
  readonly say?: (line: string) => void;
}

export interface ChaosResult extends Verdict {
  readonly kills: number;
  /** The moments of the scenarios, and at how many of them the victim was indeed killed. */
  readonly moments: number;
  readonly reached: number;
}

/** About as many come about; what is missing in the end is made up for. */
const KILLS_A_TRIAL = 1.5;
const RECONCILE_EVERY_MS = 2_000;
/** Of the last runs, those that find something or fail; one that finds nothing is the end. */
const MAX_RECONCILES = 20;
/** How often moments that did not come about are tried again. */
const MAX_ROUNDS = 5;

/** Kills the packaged bot again and again, and looks at what its customers see. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { kills, scenarios, brief = false, say = () => undefined } = options;
  const random = seededRandom(options.seed);
  const world = await startWorld(options);
  try {
    // The first run after a deployment: what is lost from now on is found.
    const { ms: reconcileMs } = await world.reconcile();
    const rehearsals = scenarios.map((scenario) => play(scenario));
    const trials = rehearsals.map(({ trial }) => trial);
    await world.write(trials);
    await world.quiet();
    const odds = { ...oddsOf(world, rehearsals), reconcileMs };

    const momentsIn = brief ? tellingMomentsOf : momentsOf;
    const attempts = rehearsals.flatMap((rehearsal) => everyMoment(world, rehearsal, momentsIn));
    const written = shuffle(
      attempts.map(({ trial }) => trial),
      random,
    );
    trials.push(...written);
    await world.write(written);
    let expected = trials.reduce((sum, trial) => sum + plannedKills(trial), 0);
    do {
      const count = Math.max(0, Math.ceil((kills - expected) / KILLS_A_TRIAL));
      const drawn = Array.from({ length: count }, () => drawTrial(random, odds));
      trials.push(...drawn);
      const answered = world.write(drawn).then(world.quiet);
      await reconcileUntil(answered, world, random, odds);
      expected = world.killed().length;
      say(`${trials.length} conversations, ${expected} kills`);
    } while (expected < kills);
    const runs = options.reconciler ? await killReconciler(world) : { trials: [], moments: 0, reached: 0 };
    trials.push(...runs.trials);
    let underWay = await findLost(world);

    const reached: Attempt[] = [];
    let missed = attempts;
    for (let rounds = 0; ; rounds += 1) {
      reached.push(...missed.filter((attempt) => victimOf(world, attempt)?.killed));
      missed = missed.filter((attempt) => !reached.includes(attempt));
      if (missed.length === 0 || rounds === MAX_ROUNDS) break;
      // Where the machine is slow a call times out, and its caller goes another way than in the rehearsal.
      missed = missed.map(({ scenario, moment }) => play(scenario, moment));
      const again = missed.map(({ trial }) => trial);
      trials.push(...again);
      await world.write(again);
      await world.quiet();
      underWay = await findLost(world);
    }
    report(world, attempts, reached, say);
    if (options.reconciler)
      say(`a run finds a message: reconcile killed at ${runs.reached} of ${runs.moments} moments`);
    const verdicts = await Promise.all(trials.map((trial) => verdictOf(world, trial, underWay, say)));
    return {
      kills: world.killed().length,
      moments: attempts.length + runs.moments,
      reached: reached.length + runs.reached,
      ...sum(verdicts),
    };
  } finally {
    await world.stop();
  }
}

function victimOf(world: World, { scenario, line }: Attempt): Invocation | undefined {
  return world.invocations(scenario.victim, line)[scenario.invocation];
}

function everyMoment(world: World, rehearsal: Attempt, momentsIn: typeof momentsOf): readonly Attempt[] {
  const { calls = [] } = victimOf(world, rehearsal) ?? {};
  return momentsIn(calls).map((moment) => play(rehearsal.scenario, moment));
}

/** What was seen in the rehearsals. */
function oddsOf(world: World, rehearsals: readonly Attempt[]): Omit<Odds, 'reconcileMs'> {
  const of = (victim: Scenario['victim']) => {
    const seen = rehearsals
      .filter(({ scenario }) => scenario.victim === victim)
      .map((rehearsal) => victimOf(world, rehearsal))
      .filter((invocation) => invocation !== undefined);
    const moments = seen.flatMap(({ calls }) => momentsOf(calls));
    return { moments, ms: Math.max(0, ...seen.map(({ ms }) => ms)) };
  };
  return { receive: of('receive'), reply: of('reply') };
}

/** It comes far more often than every five minutes, and every second time it is killed. */
async function reconcileUntil(
  done: Promise<unknown>,
  world: World,
  random: Random,
  { reconcileMs }: Odds,
): Promise<void> {
  let waiting = true;
  const end = done.finally(() => {
    waiting = false;
  });
  while (waiting) {
    await world.reconcile(random() < 0.5 ? drawTime(random, reconcileMs) : undefined);
    await Promise.race([end, delay(RECONCILE_EVERY_MS)]);
  }
  await end;
}

/** Each run has a lost message of its own to find; what a killed one has not found, the next ones do. */
async function killReconciler(world: World) {
  const lost = (): Trial => ({ name: 'lost', lines: [askForOrder({ webhook: 'lost' })] });
  const trials: Trial[] = [];
  const run = async (moment?: Moment) => {
    const trial = lost();
    trials.push(trial);
    await world.write([trial]);
    return world.reconcile(moment);
  };
  const rehearsals = [await run(), await run(), await run()];
  const times = (call: string) =>
    Math.min(...rehearsals.map(({ calls }) => calls.filter((made) => made === call).length));
  // It reads many shards, one like the other: the first and the last call of a kind that each run makes stand for all.
  const moments = momentsOf(rehearsals[0]?.calls ?? []).filter(
    (moment) => moment.at !== 'call' || [1, times(moment.call)].includes(moment.nth),
  );
  let reached = 0;
  for (const moment of moments) {
    for (let rounds = 0; rounds < MAX_ROUNDS; rounds += 1) {
      if (!(await run(moment)).killed) continue;
      reached += 1;
      break;
    }
  }
  await world.quiet();
  return { trials, moments: moments.length, reached };
}

/**
 * Runs reconcile until there is nothing more to find.
 * @returns how much is still under way: what the last run found, and what waited longer than patience does
 */
async function findLost(world: World): Promise<number> {
  for (let runs = 1; ; runs += 1) {
    const { found } = await world.reconcile();
    const underWay = await world.quiet();
    // One that failed has not looked at everything: what it did not find is not lost yet.
    if (found === 0 || underWay > 0 || runs === MAX_RECONCILES) return underWay + (found ?? 1);
  }
}

function report(
  world: World,
  attempts: readonly Attempt[],
  reached: readonly Attempt[],
  say: (line: string) => void,
): void {
  for (const [name, kills] of Map.groupBy(world.killed(), (name) => name)) {
    say(`${name}: ${kills.length} kills`);
  }
  for (const [scenario, of] of Map.groupBy(attempts, (attempt) => attempt.scenario)) {
    const hit = reached.filter((attempt) => attempt.scenario === scenario);
    say(`${scenario.name}: ${scenario.victim} killed at ${hit.length} of ${of.length} moments`);
  }
}

async function verdictOf(
  world: World,
  trial: Trial,
  underWay: number,
  say: (line: string) => void,
): Promise<Verdict> {
  const expected = trial.lines.flatMap((line) => line.expected);
  const seen = await world.seen(trial);
  const missing = await world.missing(trial);
  const steps = {
    lost: 0,
    waiting: 0,
    duplicated: 0,
    reordered: 0,
    [underWay === 0 ? 'lost' : 'waiting']: missing,
  };
  const verdict = sum([judge(expected, seen, underWay), steps]);
  if (verdict.lost + verdict.waiting + verdict.duplicated + verdict.reordered > 0) {
    say(`WRONG ${JSON.stringify({ ...verdict, trial, seen })}`);
  }
  return verdict;
}

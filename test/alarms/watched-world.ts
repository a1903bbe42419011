import type { CallFault, OneCall } from '../simulation/chaos.ts';
import { NO_FAULTS } from '../simulation/fault-load.ts';
import { createScheduler, EPOCH, type Scheduler, seededRandom } from '../simulation/scheduler.ts';
import { createWorld, type SimulatedWorld, type WorldOptions } from '../simulation/world.ts';
import { createAlarmWatch, type Ring } from './alarm-watch.ts';
import { type AwsMetrics, createAwsMetrics } from './aws-metrics.ts';
import { createMetrics, type Metrics } from './cloudwatch/metrics.ts';
import { putMetricLines } from './put-metric-lines.ts';

/** A simulated bot whose alarms are deployed: they are evaluated each minute over what it and AWS measured. */
export interface WatchedWorld {
  readonly world: SimulatedWorld;
  readonly scheduler: Scheduler;
  readonly metrics: Metrics;
  readonly aws: AwsMetrics;
  /** Every ring so far, in order. */
  readonly rings: readonly Ring[];
  /** From now on, what goes wrong with a call of a function to AWS. */
  strike(fault: (call: OneCall) => CallFault | undefined): void;
}

export type WatchOptions = Partial<Omit<WorldOptions, 'scheduler' | 'trace'>> & { readonly seed?: number };

export const MINUTE = 60_000;
/** AWS sends its own metrics each minute, and so much later can be seen what a minute held. */
export const LAG = MINUTE;
/** Alarms come with the stack, and one rings until the reconciler has run for the first time. */
export const WATCHED_FROM = EPOCH + 15 * MINUTE;

/** @returns a world in which nobody has written yet, at WATCHED_FROM */
export async function createWatchedWorld({ seed = 1, ...others }: WatchOptions = {}): Promise<WatchedWorld> {
  const scheduler = createScheduler(seededRandom(seed));
  const metrics = createMetrics();
  const aws = createAwsMetrics(metrics);
  const { evaluate, rings } = createAlarmWatch(metrics, LAG);
  let strikes: (call: OneCall) => CallFault | undefined = () => undefined;
  const world = createWorld({
    load: NO_FAULTS,
    tamper: (chance) => ({ ...chance, atCall: (call) => strikes(call) ?? chance.atCall(call) }),
    ...others,
    scheduler,
    trace: () => undefined,
    onInvoked: aws.invoked,
    onDeleted: () => aws.deleted(scheduler.now()),
  });
  world.service.subscribe((happening) => aws.happened(happening, scheduler.now()));

  let read = 0;
  const eachMinute = () => {
    const now = Math.round(scheduler.now() / MINUTE) * MINUTE;
    // Still in the minute that ends.
    aws.sample(world.queue, now - 1);
    putMetricLines(metrics, world.logs.slice(read));
    read = world.logs.length;
    if (now >= WATCHED_FROM) evaluate(now);
    scheduler.after(now + MINUTE - scheduler.now(), eachMinute);
  };
  scheduler.after(MINUTE, eachMinute);
  await scheduler.run(WATCHED_FROM);
  const strike = (fault: typeof strikes) => {
    strikes = fault;
  };
  return { world, scheduler, metrics, aws, rings, strike };
}

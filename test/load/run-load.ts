import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../lib/ports.ts';
import type { Verdict } from '../chaos/judge.ts';
import { seededRandom } from '../simulation/scheduler.ts';
import { BURST, type Customers, createCustomers } from './customers.ts';
import { type ProcessorTime, type Stack, startStack } from './start-stack.ts';

export interface LoadOptions {
  readonly seconds: number;
  /** Messages a second; the highest that this machine holds when absent. */
  readonly rate?: number | undefined;
  /** Takes a line of progress. */
  readonly say?: (line: string) => void;
}

export interface LoadResult extends Verdict {
  /** Messages that customers wrote, the search for the rate included. */
  readonly written: number;
  /** Of these, the ones whose webhook receive did not take. */
  readonly refused: number;
  /** Messages a second that were held. */
  readonly rate: number;
  /** The most messages that waited for their answer at once while the rate was held. */
  readonly mostWaiting: number;
  /** Milliseconds, while the rate was held. */
  readonly bare: readonly number[];
  readonly acknowledged: readonly number[];
  readonly answered: readonly number[];
  /** Processor time of a message, while the rate was held. */
  readonly processorTime: ProcessorTime;
}

const SEED = 1;
const FIRST_RATE = 20;
const STEP = 1.25;
const STEP_SECONDS = 4;
/** Held is a rate after which no more than half a second's messages wait. */
const BACKLOG_SECONDS = 0.5;
/** What is left between the highest rate of a few seconds and one that is held for minutes. */
const SHARE_OF_HIGHEST = 0.8;
const LOOK_EVERY_MS = 100;
/** Far longer than the slowest machine takes for what comes in. What waits longer is not lost: it still waits. */
export const PATIENCE_MS = 600_000;

/** Lets customers write to the packaged bot as fast as it can answer, and matches every message to its reply. */
export async function runLoad({
  seconds,
  rate: given,
  say = () => undefined,
}: LoadOptions): Promise<LoadResult> {
  const random = seededRandom(SEED);
  const stack = await startStack();
  try {
    const { receive, reply } = stack.processes;
    say(`${receive} processes of receive, ${reply} of reply; Twilio, SQS and DynamoDB in this one`);
    const customers = createCustomers(stack.service);
    await drive(customers, FIRST_RATE, STEP_SECONDS, random); // first invocations; not measured
    const rate = given ?? SHARE_OF_HIGHEST * (await findHighest(stack, customers, random, say));
    await rest(stack, customers);
    say(`${rate.toFixed(0)} messages a second for ${seconds} s`);

    const [bare, acknowledged, answered] = [
      stack.bare.length,
      stack.acknowledged.length,
      customers.answered.length,
    ];
    const before = stack.processorTime();
    const mostWaiting = await drive(customers, rate, seconds, random);
    const underWay = await rest(stack, customers);
    const after = stack.processorTime();
    const messages = customers.answered.length - answered;
    const took = (of: keyof ProcessorTime) => (after[of] - before[of]) / messages;
    return {
      processorTime: { receive: took('receive'), reply: took('reply'), standIns: took('standIns') },
      written: customers.written(),
      refused: stack.refused.size,
      rate,
      mostWaiting,
      bare: stack.bare.slice(bare),
      acknowledged: stack.acknowledged.slice(acknowledged),
      answered: customers.answered.slice(answered),
      ...(await customers.verdict(stack.refused, underWay)),
    };
  } finally {
    await stack.stop();
  }
}

/** Goes up by a quarter until more comes in than goes out. */
async function findHighest(
  stack: Stack,
  customers: Customers,
  random: Random,
  say: (line: string) => void,
): Promise<number> {
  for (let rate = FIRST_RATE; ; rate *= STEP) {
    await drive(customers, rate, STEP_SECONDS, random);
    const held = customers.waiting() <= rate * BACKLOG_SECONDS;
    say(`${rate.toFixed(0)} a second: ${held ? 'held' : `${customers.waiting()} wait`}`);
    await rest(stack, customers);
    if (!held) return rate / STEP;
  }
}

/**
 * Customers write at this rate, at random moments, whatever becomes of it.
 * @returns the most messages that waited at once
 */
async function drive(customers: Customers, rate: number, seconds: number, random: Random): Promise<number> {
  const started = performance.now();
  let most = 0;
  for (let due = 0; due < seconds * 1000; due += (-Math.log(1 - random()) * 1000 * BURST) / rate) {
    const ahead = started + due - performance.now();
    if (ahead > 0) await delay(ahead);
    await customers.write(started + due);
    most = Math.max(most, customers.waiting());
  }
  return most;
}

/**
 * Waits until nothing is under way any more, and reconciles once where something has no answer then; what has none
 * after that gets none.
 * @returns 0, or how much is still under way when patience ends
 */
async function rest(stack: Stack, customers: Customers): Promise<number> {
  const underWay = await quiet(stack);
  if (underWay > 0 || customers.waiting() === 0) return underWay;
  await stack.reconcile();
  return quiet(stack);
}

async function quiet(stack: Stack): Promise<number> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    const underWay = await stack.underWay();
    if (underWay === 0 || waited >= PATIENCE_MS) return underWay;
    await delay(LOOK_EVERY_MS);
  }
}

import { startBundle } from '../local/lambda/deployed-bot.ts';
import type { RunningFunction } from '../local/lambda/lambda-runtime.ts';
import { type ParleyWorld, startParleyWorld } from './parley-world.ts';
import { processorTime } from './process-figures.ts';
import { quantile } from './quantile.ts';
import { toTable } from './to-table.ts';

interface Message {
  readonly name: string;
  /** How many characters the customer writes. */
  readonly length: number;
  /** Messages in the conversation before it, of which the bot has heard nothing. */
  readonly before: number;
}

/** The first is what the others are compared with. Twilio takes no more than 1,600 characters. */
const MESSAGES: readonly Message[] = [
  { name: '10 characters', length: 10, before: 0 },
  { name: '160 characters', length: 160, before: 0 },
  { name: '1,600 characters', length: 1_600, before: 0 },
  { name: '10 characters behind 10 messages that nobody told of', length: 10, before: 10 },
  { name: '10 characters behind 100', length: 10, before: 100 },
];

/** Events that the functions answer before they are measured, and how many of each kind from then on. */
const WARM_UP = 60;
const EVENTS = 15;

/** Processor time of an event, in milliseconds. */
interface Costs {
  readonly receive: number;
  readonly reply: number;
}

/**
 * How what a message costs grows with its length, and with what stands before it in its conversation, as a table. The
 * same two processes answer all; the kinds of message take turns, each ratio is made within one run, and the median of
 * the ratios is told.
 */
export async function tellGrowth(runs: number): Promise<string> {
  const world = await startParleyWorld();
  try {
    const results: (readonly Costs[])[] = [];
    while (results.length < runs) results.push(await runOnce(world));
    return tell(results);
  } finally {
    await world.stop();
  }
}

async function runOnce(world: ParleyWorld): Promise<readonly Costs[]> {
  const receive = await startBundle('receive', world.env.receive);
  const reply = await startBundle('reply', world.env.reply);
  const answer = async ({ length, before }: Message): Promise<Costs> => {
    const webhook = await world.webhook('plant '.repeat(length).slice(0, length), before);
    const received = await costOf(receive, webhook);
    return { receive: received, reply: await costOf(reply, await world.batch()) };
  };
  try {
    for (let n = 0; n < WARM_UP; n += MESSAGES.length) for (const message of MESSAGES) await answer(message);
    const costs = MESSAGES.map((): Costs[] => []);
    for (let n = 0; n < EVENTS; n += 1)
      for (const [at, message] of MESSAGES.entries()) costs[at]?.push(await answer(message));
    return costs.map((of) => ({
      receive: median(of.map((cost) => cost.receive)),
      reply: median(of.map((cost) => cost.reply)),
    }));
  } finally {
    await Promise.all([receive.stop(), reply.stop()]);
  }
}

async function costOf(running: RunningFunction, event: unknown): Promise<number> {
  const before = processorTime(running.pid);
  const result = await running.invoke(event);
  if (!result.ok) throw new Error(`It did not answer: ${running.output()}`);
  return processorTime(running.pid) - before;
}

function tell(results: readonly (readonly Costs[])[]): string {
  const rows = MESSAGES.map(({ name }, at) => {
    const cells = (of: keyof Costs) => {
      const costs = results.map((run) => run[at]?.[of] ?? Number.NaN);
      const ratios = results.map((run, n) => (costs[n] ?? Number.NaN) / (run[0]?.[of] ?? Number.NaN));
      return [median(costs).toFixed(2), median(ratios).toFixed(2)];
    };
    return [name, ...cells('receive'), ...cells('reply')];
  });
  return toTable(['a message of', 'receive, CPU ms', '×', 'reply, CPU ms', '×'], rows);
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

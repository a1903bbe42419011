import { startBundle } from '../local/lambda/deployed-bot.ts';
import type { RunningFunction } from '../local/lambda/lambda-runtime.ts';
import { type ParleyWorld, startParleyWorld } from './parley-world.ts';
import { processorTime } from './process-figures.ts';
import { quantile } from './quantile.ts';
import { toTable } from './to-table.ts';

/** How many characters customers write. The first is what the others are compared with; Twilio takes no more than the last. */
const LENGTHS = [10, 160, 1_600] as const;

/** Events that the functions answer before they are measured, and how many of each length from then on. */
const WARM_UP = 60;
const EVENTS = 15;

/** Processor time of an event, in milliseconds. */
interface Costs {
  readonly receive: number;
  readonly reply: number;
}

/**
 * How what a message costs grows with its length, as a table. The same two processes answer all; the lengths take turns,
 * each ratio is made within one run, and the median of the ratios is told.
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
  const answer = async (length: number): Promise<Costs> => {
    const webhook = await world.webhook('plant '.repeat(length).slice(0, length));
    const received = await costOf(receive, webhook);
    return { receive: received, reply: await costOf(reply, await world.batch()) };
  };
  try {
    for (let n = 0; n < WARM_UP; n += LENGTHS.length) for (const length of LENGTHS) await answer(length);
    const costs = LENGTHS.map((): Costs[] => []);
    for (let n = 0; n < EVENTS; n += 1)
      for (const [at, length] of LENGTHS.entries()) costs[at]?.push(await answer(length));
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
  const { batchItemFailures = [] } = (result.ok ? result.payload : {}) as {
    batchItemFailures?: readonly unknown[];
  };
  if (!result.ok || batchItemFailures.length > 0) throw new Error(`It did not answer: ${running.output()}`);
  return processorTime(running.pid) - before;
}

function tell(results: readonly (readonly Costs[])[]): string {
  const rows = LENGTHS.map((length, at) => {
    const cells = (of: keyof Costs) => {
      const costs = results.map((run) => run[at]?.[of] ?? Number.NaN);
      const ratios = results.map((run, n) => (costs[n] ?? Number.NaN) / (run[0]?.[of] ?? Number.NaN));
      return [median(costs).toFixed(2), median(ratios).toFixed(2)];
    };
    return [`${length.toLocaleString('en')} characters`, ...cells('receive'), ...cells('reply')];
  });
  return toTable(['a message of', 'receive, CPU ms', '×', 'reply, CPU ms', '×'], rows);
}

function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

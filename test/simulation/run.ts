import { parseArgs } from 'node:util';
import { PROFILES, profileNamed, profileOf } from './profiles/profiles.ts';
import { runEnumeration } from './run-enumeration.ts';
import { addTotals, type Price, type Range, ranges, type Totals } from './run-seeds.ts';
import { sideBySide } from './side-by-side.ts';
import { simulate } from './simulate.ts';

/**
 * `npm run sim -- --seeds 1000 --seed 1`, `--seed 7 --trace` to see one, or `--enumerate` for all small cases. Each seed
 * draws a profile; `--profile NAME` makes all of them play that one.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string', default: '2' },
    profile: { type: 'string' },
    trace: { type: 'boolean' },
    enumerate: { type: 'boolean' },
  },
});
const write = (line: string) => process.stdout.write(`${line}\n`);
const [first, seeds, threads] = [
  Number(values.seed ?? 1),
  Number(values.seeds ?? 1_000),
  Number(values.threads),
];

if (![first, seeds, threads].every(Number.isInteger) || seeds < 1 || threads < 1) {
  write('--seed, --seeds and --threads are whole numbers: npm run sim -- --seeds 1000 --seed 1');
  process.exitCode = 2;
} else if (values.profile !== undefined && !PROFILES.some(({ name }) => name === values.profile)) {
  write(`There is no profile "${values.profile}". There are:`);
  for (const { name, about } of PROFILES) write(`  ${name}: ${about}`);
  process.exitCode = 2;
} else if (values.enumerate) {
  process.exitCode = await runEnumeration(threads, write);
} else {
  process.exitCode = await (values.trace ? traceOne() : runAll());
}

async function traceOne(): Promise<number> {
  const profile = values.profile === undefined ? profileOf(first) : profileNamed(values.profile);
  write(`profile ${profile.name}: ${profile.about}`);
  const { problems, messages, ...history } = await simulate(first, { profile, trace: write });
  for (const problem of problems) write(`  ${problem}`);
  return report({ ...history, seeds: 1, messages, failures: problems, prices: [] });
}

async function runAll(): Promise<number> {
  const worker = new URL('./seeds-worker.ts', import.meta.url);
  let done = 0;
  const pieces = ranges(first, seeds, Math.min(1_000, Math.ceil(seeds / threads)), values.profile);
  const parts = await sideBySide<Range, Totals>(worker, pieces, threads, (part) => {
    done += part.seeds;
    for (const failure of part.failures) write(failure);
    if (done % 10_000 === 0) write(`${done} seeds so far`);
  });
  return report(addTotals(parts));
}

function report(total: Totals): number {
  const failed = total.failures.length;
  if (failed > 0) write('See a seed with: npm run sim -- --profile NAME --seed N --trace');
  writePrices(total.prices);
  write(`messages ${total.messages}, failed seeds ${failed}`);
  write(
    `seeds ${total.seeds}, lost ${total.lost}, still waiting ${total.waiting}, duplicated ${total.duplicated}, reordered ${total.reordered}`,
  );
  return failed > 0 ? 1 : 0;
}

/** Processor time, not the clock's: the machine may have something else to do. */
function writePrices(prices: readonly Price[]): void {
  for (const { name, seeds, failed, ms } of prices) {
    write(`${name.padEnd(24)} ${seeds} seeds, ${(ms / seeds).toFixed(1)} ms a seed, failed ${failed}`);
  }
  const ms = prices.reduce((sum, price) => sum + price.ms, 0);
  const seeds = prices.reduce((sum, price) => sum + price.seeds, 0);
  if (seeds > 0) write(`${(ms / seeds).toFixed(1)} ms of processor time a seed`);
}

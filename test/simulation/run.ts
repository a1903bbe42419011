import { parseArgs } from 'node:util';
import { runEnumeration } from './run-enumeration.ts';
import { addTotals, type Range, ranges, type Totals } from './run-seeds.ts';
import { sideBySide } from './side-by-side.ts';
import { simulate } from './simulate.ts';

/** `npm run sim -- --seeds 1000 --seed 1`, `--seed 7 --trace` to see one, or `--enumerate` for all small cases. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    threads: { type: 'string', default: '2' },
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
} else if (values.enumerate) {
  process.exitCode = await runEnumeration(threads, write);
} else {
  process.exitCode = await (values.trace ? traceOne() : runAll());
}

async function traceOne(): Promise<number> {
  const { problems, messages, ...history } = await simulate(first, { trace: write });
  for (const problem of problems) write(`  ${problem}`);
  return report({ ...history, seeds: 1, messages, failures: problems });
}

async function runAll(): Promise<number> {
  const worker = new URL('./seeds-worker.ts', import.meta.url);
  let done = 0;
  const parts = await sideBySide<Range, Totals>(worker, ranges(first, seeds, 1_000), threads, (part) => {
    done += part.seeds;
    for (const failure of part.failures) write(failure);
    if (done % 10_000 === 0) write(`${done} seeds so far`);
  });
  return report(addTotals(parts));
}

function report(total: Totals): number {
  const failed = total.failures.length;
  if (failed > 0) write('See a seed with: npm run sim -- --seed N --trace');
  write(`messages ${total.messages}, failed seeds ${failed}`);
  write(
    `seeds ${total.seeds}, lost ${total.lost}, still waiting ${total.waiting}, duplicated ${total.duplicated}, reordered ${total.reordered}`,
  );
  return failed > 0 ? 1 : 0;
}

import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

/** `npm run sim -- --seeds 1000 --seed 1`, or `--seed 7 --trace` to see one. */
const { values } = parseArgs({
  options: { seeds: { type: 'string' }, seed: { type: 'string' }, trace: { type: 'boolean' } },
});
const first = Number(values.seed ?? 1);
const seeds = values.trace ? 1 : Number(values.seeds ?? 1_000);
if (!Number.isInteger(first) || !Number.isInteger(seeds) || seeds < 1) {
  process.stderr.write('--seed and --seeds are whole numbers: npm run sim -- --seeds 1000 --seed 1\n');
  process.exit(2);
}

const total = { lost: 0, duplicated: 0, reordered: 0, messages: 0, failed: 0 };
const write = (line: string) => process.stdout.write(`${line}\n`);
for (let seed = first; seed < first + seeds; seed += 1) {
  const history = await simulate(seed, values.trace ? { trace: write } : {});
  total.lost += history.lost;
  total.duplicated += history.duplicated;
  total.reordered += history.reordered;
  total.messages += history.messages;
  if (history.problems.length > 0) {
    total.failed += 1;
    write(`SEED=${seed}\n${history.problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
if (total.failed > 0) write(`${total.failed} seeds failed; see one with: npm run sim -- --seed N --trace`);
write(`messages ${total.messages}`);
write(`seeds ${seeds}, lost ${total.lost}, duplicated ${total.duplicated}, reordered ${total.reordered}`);
process.exitCode = total.failed > 0 ? 1 : 0;

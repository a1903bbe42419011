import { type Command, DONE, defineCommand, FAILED, MISUSED } from '../../cli/command.ts';
import { CommandError } from '../../cli/command-error.ts';
import { flag, option } from '../../cli/option.ts';
import { plural } from '../../cli/plural.ts';
import { oneOf, wholeFrom } from '../../cli/values.ts';
import { PROFILES, profileNamed, profileOf } from './profiles/profiles.ts';
import { runEnumeration } from './run-enumeration.ts';
import { addTotals, type Price, type Range, ranges, type Totals } from './run-seeds.ts';
import { sideBySide } from './side-by-side.ts';
import { simulate } from './simulate.ts';

import { withProof } from './with-proof.ts';

type Write = (line: string) => void;

interface Chosen {
  readonly seed: number;
  readonly seeds: number;
  readonly threads: number;
  readonly profile: string | undefined;
  readonly prove: boolean;
}

/** `npm run sim -- --seeds 1000 --seed 1`. Each seed draws a profile, unless one is named. */
export const seeds: Command = defineCommand({
  name: 'npm run sim --',
  summary:
    'Play small worlds in which everything fails, a seed each. At scale: npm run sim -- --conversations 1000 --help.',
  options: {
    seeds: option('how many', wholeFrom(1, 999_999_999), 1_000),
    seed: option('the first of them', wholeFrom(0, 999_999_999), 1),
    threads: option('side by side', wholeFrom(1, 256), 2),
    profile: option(
      'what all of them play; drawn by each when not given',
      oneOf(
        'name',
        PROFILES.map(({ name }) => name),
      ),
    ),
    prove: flag('look at each with npx parley prove, too: whatever it finds is a false alarm, and a failure'),
    trace: flag('play only the first, and tell what happens in it'),
    enumerate: flag('instead of seeds, try every fault, and every pair of them, in all small cases'),
  },
  examples: [
    ['npm run sim -- --seeds 10000', 'a proof of some minutes'],
    ['npm run sim -- --seed 7 --trace', 'what happens in one seed'],
    ['npm run sim -- --seeds 100000 --prove', 'whether npx parley prove gives a false alarm'],
    ['npm run sim -- --enumerate', 'all small cases'],
  ],
  exits: {
    done: 'nothing was lost, doubled or reordered, and nothing still waits',
    failed: 'a seed failed; it is printed, shrunk to what it takes',
  },
  run: async ({ trace, enumerate, ...chosen }, { out }) => {
    if (enumerate) {
      const ofSeeds = { '--profile': chosen.profile, '--prove': chosen.prove, '--trace': trace };
      const [given] = Object.entries(ofSeeds).find(([, value]) => value) ?? [];
      if (given !== undefined)
        throw new CommandError(
          MISUSED,
          `${given} goes with seeds: --enumerate plays none, and takes --threads alone.`,
        );
      return runEnumeration(chosen.threads, out);
    }
    return trace ? traceOne(chosen, out) : runAll(chosen, out);
  },
});

async function traceOne({ seed, profile: named, prove }: Chosen, write: Write): Promise<number> {
  const drawn = named === undefined ? profileOf(seed) : profileNamed(named);
  const profile = prove ? withProof(drawn) : drawn;
  write(`profile ${profile.name}: ${profile.about}`);
  const { problems, messages, ...history } = await simulate(seed, { profile, trace: write });
  for (const problem of problems) write(`  ${problem}`);
  return report({ ...history, seeds: 1, messages, failures: problems, prices: [] }, write);
}

async function runAll({ seed, seeds: count, threads, ...rest }: Chosen, write: Write): Promise<number> {
  const worker = new URL('./seeds-worker.ts', import.meta.url);
  let done = 0;
  const pieces = ranges(seed, count, Math.min(1_000, Math.ceil(count / threads)), rest);
  const parts = await sideBySide<Range, Totals>(worker, pieces, threads, (part) => {
    done += part.seeds;
    for (const failure of part.failures) write(failure);
    if (done % 10_000 === 0) write(`${done} seeds so far`);
  });
  return report(addTotals(parts), write);
}

function report(total: Totals, write: Write): number {
  const failed = total.failures.length;
  if (failed > 0) write('See a seed with: npm run sim -- --profile NAME --seed N --trace');
  writePrices(total.prices, write);
  write(`messages ${total.messages}, failed seeds ${failed}`);
  write(
    `seeds ${total.seeds}, lost ${total.lost}, still waiting ${total.waiting}, duplicated ${total.duplicated}, reordered ${total.reordered}`,
  );
  return failed > 0 ? FAILED : DONE;
}

/** Processor time, not the clock's: the machine may have something else to do. */
function writePrices(prices: readonly Price[], write: Write): void {
  for (const { name, seeds, failed, ms } of prices) {
    write(
      `${name.padEnd(24)} ${plural(seeds, 'seed')}, ${(ms / seeds).toFixed(1)} ms a seed, failed ${failed}`,
    );
  }
  const ms = prices.reduce((sum, price) => sum + price.ms, 0);
  const seeds = prices.reduce((sum, price) => sum + price.seeds, 0);
  if (seeds > 0) write(`${(ms / seeds).toFixed(1)} ms of processor time a seed`);
}

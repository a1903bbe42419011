import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RuleBook } from '../lib/rules/types.ts';
import { bookOf } from './book-of.ts';
import type { Decided } from './decide-worker.ts';
import { mixedRules } from './mixed-rules.ts';
import { quantile } from './quantile.ts';
import { toTable } from './to-table.ts';

/** The first is what the others are compared with. */
const COUNTS = [10, 100, 1_000] as const;

/**
 * What deciding costs with few rules and with many of mixed kinds, as a table. Each measurement has a thread of its own,
 * in which nothing is compiled yet, as in a function that has just started; the counts take turns, each ratio is made
 * within one round, and the median of the ratios is told.
 * @param rounds how often each count is measured
 */
export async function tellRuleCounts(rounds: number): Promise<string> {
  const books = COUNTS.map((count) => bookOf(mixedRules(count)));
  const results: Decided[][] = [];
  while (results.length < rounds) {
    const round: Decided[] = [];
    for (const book of books) round.push(await measure(book));
    results.push(round);
  }
  const rows = COUNTS.map((count, place) => {
    const numbers = (name: keyof Decided) => results.map((round) => round[place]?.[name] ?? Number.NaN);
    const ratio = (name: keyof Decided) =>
      quantile(
        results.map((round) => (round[place]?.[name] ?? Number.NaN) / (round[0]?.[name] ?? Number.NaN)),
        0.5,
      ).toFixed(2);
    return [
      count.toLocaleString('en'),
      quantile(numbers('preparedMs'), 0.5).toFixed(1),
      quantile(numbers('firstMs'), 0.5).toFixed(1),
      ratio('firstMs'),
      (1_000 * quantile(numbers('steadyMs'), 0.5)).toFixed(1),
      ratio('steadyMs'),
    ];
  });
  const head = ['rules', 'prepared ms', 'first event ms', '× 10 rules', 'steady µs', '× 10 rules'];
  return toTable(head, rows);
}

async function measure(book: RuleBook): Promise<Decided> {
  // As the functions get it: what a worker is handed as an object is slower to read than what it parsed.
  const workerData = JSON.stringify(book);
  const worker = new Worker(new URL('./decide-worker.ts', import.meta.url), { workerData });
  const [decided] = (await once(worker, 'message')) as [Decided];
  await worker.terminate();
  return decided;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { capacityTable } from './capacity.ts';
import { comparisonChart } from './comparison-chart.ts';
import { comparisonTable } from './comparison-table.ts';
import type { Comparison } from './summarise.ts';

export const PAGE = 'docs/performance.md';
export const CHART = 'docs/performance.svg';

/** What stands in the page between two comments. */
const PARTS = [
  { name: 'comparison', write: comparisonTable },
  { name: 'capacity', write: ({ rows }: Comparison) => capacityTable(rows) },
];

/** The page with its tables made anew. */
export function withComparison(page: string, comparison: Comparison): string {
  return PARTS.reduce((written, { name, write }) => {
    const start = `<!-- ${name}: written by npm run bench -- --docs -->`;
    const end = `<!-- end of ${name} -->`;
    const [before = '', rest] = written.split(start);
    const after = rest?.split(end)[1];
    if (after === undefined) throw new Error(`${PAGE} has no place for a table between ${start} and ${end}.`);
    return `${before}${start}\n${write(comparison)}\n${end}${after}`;
  }, page);
}

export function writePage(comparison: Comparison): void {
  writeFileSync(PAGE, withComparison(readFileSync(PAGE, 'utf8'), comparison));
  writeFileSync(CHART, comparisonChart(comparison));
}

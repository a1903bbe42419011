import { toTable } from '../to-table.ts';
import { NO_LESS } from './candidates.ts';
import type { Comparison, Row, Spread } from './summarise.ts';

const COLUMNS: readonly (readonly [head: string, cell: (row: Row) => string])[] = [
  ['handler', ({ name, version }) => (version === undefined ? name : `${name} ${version}`)],
  ['ready + first, × empty', ({ timesEmpty }) => spread(timesEmpty.first)],
  ['CPU of both, × empty', ({ timesEmpty }) => spread(timesEmpty.firstCpu)],
  ['ready, × empty', ({ timesEmpty }) => spread(timesEmpty.ready)],
  ['CPU of ready, × empty', ({ timesEmpty }) => spread(timesEmpty.readyCpu)],
  ['ready ms', ({ figures }) => figures.ready.median.toFixed(0)],
  ['ready + first ms', ({ figures }) => figures.first.median.toFixed(0)],
  ['second ms', ({ figures }) => figures.second.median.toFixed(1)],
  ['steady p50 ms', ({ figures }) => figures.p50.median.toFixed(1)],
  ['p99 ms', ({ figures }) => figures.p99.median.toFixed(1)],
  ['CPU ms an event', ({ figures }) => spread(figures.eventCpu)],
  ['MiB at ready', ({ figures }) => figures.readyMemory.median.toFixed(0)],
  ['after the first', ({ figures }) => figures.firstMemory.median.toFixed(0)],
  ['at the end', ({ figures }) => figures.endMemory.median.toFixed(0)],
  ['KB', ({ bytes }) => kilobytes(bytes)],
  ['gzip', ({ gzip }) => kilobytes(gzip)],
];

const CLIENTS = {
  compiled: "AWS's runtime client with its native part compiled",
  'stand-in': "AWS's runtime client with a stand-in in JavaScript for its native part",
} as const;

/** The whole comparison: where and how it was made, the table, and what receive costs when it is warm. */
export function comparisonTable(comparison: Comparison): string {
  const { date, machine, node, load, client, runs, steady, rows } = comparison;
  const made = `${date}, ${machine}, Node ${node.slice(1)}, under ${CLIENTS[client]}. ${runs} ${runs === 1 ? 'round' : 'rounds'}; medians, and quartiles in brackets. Steady is ${steady.measured} events after ${steady.warmUp + 2}. The machine's load was ${load.toFixed(1)} when it began.`;
  const table = toTable(
    COLUMNS.map(([head]) => head),
    rows.map((row) => COLUMNS.map(([, cell]) => cell(row))),
  );
  const warm = rows.flatMap(({ timesNoLess }) =>
    timesNoLess === undefined
      ? []
      : [`Steady processor time an event, receive: ${spread(timesNoLess)} × that of ${NO_LESS}.`],
  );
  return [made, table, ...warm].join('\n\n');
}

function spread({ low, median, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function kilobytes(bytes: number): string {
  return bytes < 10_240 ? (bytes / 1024).toFixed(1) : (bytes / 1024).toFixed(0);
}

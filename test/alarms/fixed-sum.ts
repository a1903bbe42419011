import { AWS_PRICES } from '../../build/aws-prices.ts';
import { chargedMetrics } from '../../lib/metrics.ts';
import { FILTERED_METRICS } from './metric-filters.ts';
import { readAlarms } from './read-alarms.ts';
import { readResources } from './read-template.ts';

export interface Item {
  readonly what: string;
  readonly count: number;
  /** US dollars a month. */
  readonly each: number;
}

/** What a stage costs a month to be watched, whether or not anybody writes. */
export function watchingItems(): readonly Item[] {
  const { alarmMetric, metric, dashboard } = AWS_PRICES.cloudWatch;
  const watched = readAlarms().reduce((sum, { queries }) => sum + queries.length, 0);
  const dashboards = Object.values(readResources('stack/dashboard.yml'));
  return [
    { what: 'metrics that alarms watch', count: watched, each: alarmMetric },
    { what: 'metrics of our own', count: chargedMetrics().length + FILTERED_METRICS.length, each: metric },
    { what: 'dashboard', count: dashboards.length, each: dashboard },
  ];
}

export function sumOf(items: readonly Item[]): number {
  return items.reduce((sum, { count, each }) => sum + count * each, 0);
}

/** As rows of a document. */
export function sumTable(): readonly string[] {
  const items = watchingItems();
  const money = (dollars: number) => dollars.toFixed(2);
  return [
    `| A month, in US dollars of ${AWS_PRICES.dated} | Number | Each | Together |`,
    '|---|--:|--:|--:|',
    ...items.map(
      ({ what, count, each }) => `| ${what} | ${count} | ${money(each)} | ${money(count * each)} |`,
    ),
    `| together | | | ${money(sumOf(items))} |`,
  ];
}

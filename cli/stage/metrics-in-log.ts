import { parseJson } from '../../lib/json.ts';
import type { Datapoint, MetricQuery } from './stage.ts';

/** As lib/log.ts writes it. */
interface EmbeddedMetric extends Readonly<Record<string, unknown>> {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/** What CloudWatch would give for `query`, made from the lines of a log. */
export function valuesIn(
  kept: readonly { readonly line: string }[],
  query: MetricQuery,
  periodSeconds: number,
): readonly Datapoint[] {
  const periods = new Map<number, number[]>();
  for (const { line } of kept) {
    const metric = readEmbedded(line);
    const value = metric && measuredBy(metric, query);
    if (metric === undefined || value === undefined) continue;
    const { Timestamp } = metric._aws;
    const at = Timestamp - (Timestamp % (periodSeconds * 1000));
    periods.set(at, [...(periods.get(at) ?? []), value]);
  }
  return [...periods].map(([at, values]) => ({ at, value: STATISTICS[query.statistic](values) }));
}

function readEmbedded(line: string): EmbeddedMetric | undefined {
  const read = line.includes('"_aws"') ? parseJson(line) : undefined;
  return read as EmbeddedMetric | undefined;
}

function measuredBy(
  metric: EmbeddedMetric,
  { metric: name, dimensions = {} }: MetricQuery,
): number | undefined {
  const asked = Object.keys(dimensions).toSorted().join();
  const isMeant = metric._aws.CloudWatchMetrics.some(
    ({ Dimensions, Metrics }) =>
      Metrics.some(({ Name }) => Name === name) &&
      Dimensions.some((names) => names.toSorted().join() === asked),
  );
  const fits = Object.entries(dimensions).every(([dimension, value]) => metric[dimension] === value);
  return isMeant && fits ? Number(metric[name]) : undefined;
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

/** The smallest value that at least `share` of all are not above. */
const percentile = (share: number) => (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? 0;

const STATISTICS: Readonly<Record<MetricQuery['statistic'], (values: readonly number[]) => number>> = {
  Sum: sum,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Average: (values) => sum(values) / values.length,
  SampleCount: (values) => values.length,
  p50: percentile(0.5),
  p95: percentile(0.95),
  p99: percentile(0.99),
};

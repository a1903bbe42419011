/** One metric: its dimensions are part of its name. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** `Sum`, `Maximum`, `Minimum`, `Average`, `SampleCount`, or a percentile such as `p95`. */
export type Statistic = string;

/** What CloudWatch keeps of metrics. Times are milliseconds since the epoch. */
export interface Metrics {
  put(metric: MetricName, at: number, value: number): void;
  /** Of the values from `from` up to but not including `to`; undefined where there is none. */
  statistic(metric: MetricName, statistic: Statistic, from: number, to: number): number | undefined;
  /** Every metric that ever had a value. */
  names(): readonly MetricName[];
}

const MINUTE = 60_000;

/**
 * CloudWatch's statistics over what was put, by the minute, which is how finely it keeps metrics of standard
 * resolution: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function createMetrics(): Metrics {
  const all = new Map<string, { readonly metric: MetricName; readonly minutes: Map<number, number[]> }>();
  return {
    put: (metric, at, value) => {
      const key = keyOf(metric);
      const kept = all.get(key) ?? { metric, minutes: new Map<number, number[]>() };
      all.set(key, kept);
      const minute = Math.floor(at / MINUTE);
      const values = kept.minutes.get(minute);
      if (values === undefined) kept.minutes.set(minute, [value]);
      else values.push(value);
    },
    statistic: (metric, statistic, from, to) => {
      const minutes = all.get(keyOf(metric))?.minutes;
      if (minutes === undefined) return undefined;
      const values: number[] = [];
      for (let minute = Math.floor(from / MINUTE); minute * MINUTE < to; minute += 1) {
        for (const value of minutes.get(minute) ?? []) values.push(value);
      }
      return values.length === 0 ? undefined : ofValues(values, statistic);
    },
    names: () => [...all.values()].map(({ metric }) => metric),
  };
}

/** An alarm asks for the same few, thousands of times. */
const keys = new WeakMap<MetricName, string>();

function keyOf(metric: MetricName): string {
  const known = keys.get(metric);
  if (known !== undefined) return known;
  const { namespace, name, dimensions } = metric;
  const sorted = Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([namespace, name, sorted]);
  keys.set(metric, key);
  return key;
}

function ofValues(values: readonly number[], statistic: Statistic): number {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (statistic) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return values.length;
    case 'Average':
      return sum / values.length;
    case 'Maximum':
      return Math.max(...values);
    case 'Minimum':
      return Math.min(...values);
  }
  const percent = Number(/^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1]);
  if (!(percent > 0 && percent <= 100)) throw new Error(`"${statistic}" is not a statistic of CloudWatch's.`);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

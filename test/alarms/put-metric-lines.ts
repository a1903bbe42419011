import type { Metrics } from './cloudwatch/metrics.ts';

/** What a line that holds metrics looks like. */
interface MetricLine extends Readonly<Record<string, unknown>> {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

/**
 * Reads what the bot logs as CloudWatch does: each metric once under each set of dimensions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function putMetricLines(metrics: Metrics, lines: readonly string[]): void {
  for (const text of lines) {
    if (!text.startsWith('{"_aws"')) continue;
    const line = JSON.parse(text) as MetricLine;
    for (const { Namespace: namespace, Dimensions, Metrics: named } of line._aws.CloudWatchMetrics) {
      for (const set of Dimensions) {
        const dimensions = Object.fromEntries(set.map((name) => [name, String(line[name])]));
        for (const { Name: name } of named) {
          for (const value of [line[name]].flat()) {
            metrics.put({ namespace, name, dimensions }, line._aws.Timestamp, Number(value));
          }
        }
      }
    }
  }
}

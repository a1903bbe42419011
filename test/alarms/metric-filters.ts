import type { MetricName } from './cloudwatch/metrics.ts';
import { ALARMS_FILE } from './read-alarms.ts';
import { readResources } from './read-template.ts';

/** As much of the filter language as stack/ uses: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const PATTERN = /^\{ \$\.(\w+) = "([^"]*)" \}$/;

interface Transformation {
  readonly MetricNamespace: string;
  readonly MetricName: string;
}

const FILTERS = Object.values(readResources(ALARMS_FILE))
  .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
  .map(({ Properties: { FilterPattern, MetricTransformations } }) => {
    const [, field = '', value = ''] = PATTERN.exec(FilterPattern) ?? [];
    const [{ MetricNamespace, MetricName }] = MetricTransformations as [Transformation];
    return { field, value, metric: { namespace: MetricNamespace, name: MetricName, dimensions: {} } };
  });

/** The metrics that one line of the access log counts. */
export function filteredMetrics(line: Readonly<Record<string, string>>): readonly MetricName[] {
  return FILTERS.filter(({ field, value }) => line[field] === value).map(({ metric }) => metric);
}

/** All that the filters count, each with a price as any metric of ours. */
export const FILTERED_METRICS: readonly MetricName[] = FILTERS.map(({ metric }) => metric);

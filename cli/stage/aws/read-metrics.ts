import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { Datapoint, MetricQuery, Metrics } from '../stage.ts';
import type { AwsClients } from './aws-clients.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export function awsMetrics(clients: AwsClients, namespace: string): Metrics {
  return {
    read: async (queries, { from, to, periodSeconds }) => {
      const found = new Map<string, Datapoint[]>();
      let NextToken: string | undefined;
      do {
        const page = await clients.cloudWatch().send(
          new GetMetricDataCommand({
            StartTime: new Date(from),
            EndTime: new Date(to),
            ScanBy: 'TimestampAscending',
            MetricDataQueries: queries.map((query, at) => toQuery(query, at, namespace, periodSeconds)),
            NextToken,
          }),
        );
        for (const { Id = '', Timestamps = [], Values = [] } of page.MetricDataResults ?? []) {
          const points = Timestamps.map((time, at) => ({ at: time.getTime(), value: Values[at] ?? 0 }));
          found.set(Id, [...(found.get(Id) ?? []), ...points]);
        }
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return queries.map((_, at) => found.get(idOf(at)) ?? []);
    },
  };
}

const idOf = (at: number) => `q${at}`;

function toQuery(query: MetricQuery, at: number, namespace: string, Period: number): MetricDataQuery {
  const { namespace: Namespace = namespace, metric: MetricName, statistic: Stat, dimensions = {} } = query;
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Id: idOf(at),
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period, Stat },
  };
}

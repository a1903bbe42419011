import { valuesIn } from '../../../cli/stage/metrics-in-log.ts';
import type { MetricQuery } from '../../../cli/stage/stage.ts';
import type { KeptLog } from '../../../local/operator/keep-log.ts';
import type { WireAnswer } from './query-apis.ts';
import { functionName, type Shown } from './shown.ts';

type Call = (asked: never, from: { readonly shown: Shown; readonly log: KeptLog }) => unknown;

/**
 * The services that take JSON and the name of a call in X-Amz-Target: CloudWatch, its logs, and of DynamoDB what
 * dynalite does not have.
 * @returns undefined for a call that is not here
 */
export async function answerJson(
  target: string,
  body: string,
  from: { readonly shown: Shown; readonly log: KeptLog },
): Promise<WireAnswer | undefined> {
  const call = CALLS[target];
  if (call === undefined) return undefined;
  return json(200, call(JSON.parse(body) as never, from));
}

export const json = (status: number, value: unknown): WireAnswer => ({
  status,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify(value),
});

interface MetricDataQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: MetricQuery['statistic'];
  };
}

interface FilterLogEvents {
  readonly logGroupName: string;
  readonly filterPattern?: string;
  readonly startTime?: number;
  readonly endTime?: number;
}

const CALLS: Readonly<Record<string, Call>> = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html: times are in seconds
  'GraniteServiceVersion20100801.GetMetricData': (
    asked: { StartTime: number; EndTime: number; MetricDataQueries: readonly MetricDataQuery[] },
    { shown, log },
  ) => {
    const kept = log.between(asked.StartTime * 1000, asked.EndTime * 1000);
    return {
      MetricDataResults: asked.MetricDataQueries.map(({ Id, MetricStat: { Metric, Period, Stat } }) => {
        const { Namespace, MetricName, Dimensions = [] } = Metric;
        const dimensions = Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value]));
        const own = shown.datapoints[`${Namespace}/${MetricName}`];
        const points = Namespace.startsWith('AWS/')
          ? [own ?? []].flat().map((value) => ({ at: asked.StartTime * 1000, value }))
          : valuesIn(kept, { metric: MetricName, statistic: Stat, dimensions }, Period);
        return {
          Id,
          Label: MetricName,
          StatusCode: 'Complete',
          Timestamps: points.map(({ at }) => at / 1000),
          Values: points.map(({ value }) => value),
        };
      }),
    };
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  'GraniteServiceVersion20100801.DescribeAlarms': (
    { AlarmNamePrefix = '' }: { AlarmNamePrefix?: string },
    { shown },
  ) => ({
    MetricAlarms: shown.alarms.filter(({ AlarmName }) => AlarmName.startsWith(AlarmNamePrefix)),
    CompositeAlarms: [],
  }),
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
  'Logs_20140328.FilterLogEvents': (
    { logGroupName, filterPattern = '', startTime = 0, endTime = Infinity }: FilterLogEvents,
    { log },
  ) => {
    const words = [...filterPattern.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word);
    const events = log
      .between(startTime, endTime)
      .filter((kept) => logGroupName === `/aws/lambda/${functionName(kept.function)}`)
      .filter(({ line }) => words.every((word) => line.includes(word)))
      .map(({ at, line }, index) => ({ timestamp: at, message: line, eventId: String(index) }));
    return { events, searchedLogStreams: [] };
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html
  'DynamoDB_20120810.DescribeTimeToLive': (_asked: object, { shown }) => ({
    TimeToLiveDescription: { TimeToLiveStatus: shown.table.ttl, AttributeName: 'ttl' },
  }),
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
  'DynamoDB_20120810.DescribeContinuousBackups': (_asked: object, { shown }) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: shown.table.recovery },
    },
  }),
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
  'DynamoDB_20120810.UpdateContinuousBackups': (
    asked: { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: boolean } },
    { shown },
  ) => {
    const { PointInTimeRecoveryEnabled } = asked.PointInTimeRecoverySpecification;
    shown.table.recovery = PointInTimeRecoveryEnabled ? 'ENABLED' : 'DISABLED';
    return {};
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
  'DynamoDB_20120810.UpdateTable': (asked: { DeletionProtectionEnabled: boolean }, { shown }) => {
    shown.table.protected = asked.DeletionProtectionEnabled;
    return {};
  },
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
  'DynamoDB_20120810.DescribeTable': ({ TableName }: { TableName: string }, { shown }) => ({
    Table: { TableName, TableStatus: 'ACTIVE', DeletionProtectionEnabled: shown.table.protected },
  }),
};

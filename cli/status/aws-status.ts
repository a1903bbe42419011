import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import { deployedCommit } from '../stage/aws/deployed-commit.ts';

export interface AwsStatus {
  /** Of git; absent where the deployment did not note it. */
  readonly commit?: string;
  /** The queue's event source mapping: `Enabled`. */
  readonly mapping: string;
  readonly alarms: { readonly all: number; readonly ringing: readonly string[] };
}

/** What only AWS knows: what was deployed, whether the queue feeds the bot, and what rings. */
export async function readAwsStatus(aws: AwsStage): Promise<AwsStatus> {
  const [commit, mapping, alarms] = await Promise.all([deployedCommit(aws), mappingOf(aws), alarmsOf(aws)]);
  const ringing = alarms.flatMap(({ AlarmName, StateValue }) =>
    StateValue === 'ALARM' && AlarmName !== undefined ? [AlarmName] : [],
  );
  return { ...(commit === undefined ? {} : { commit }), mapping, alarms: { all: alarms.length, ringing } };
}

async function mappingOf({ clients, functionName }: AwsStage): Promise<string> {
  const { EventSourceMappings = [] } = await clients
    .lambda()
    .send(new ListEventSourceMappingsCommand({ FunctionName: functionName('reply') }));
  return EventSourceMappings[0]?.State ?? 'missing';
}

async function alarmsOf({ clients, stackName }: AwsStage): Promise<readonly MetricAlarm[]> {
  const all: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients
      .cloudWatch()
      .send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stackName}-`, NextToken }));
    all.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all;
}

import { GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { parseJson } from '../../lib/json.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';

export interface AwsStatus {
  /** Of git; absent where the deployment did not note it. */
  readonly commit?: string;
  /** The queue's event source mapping: `Enabled`. */
  readonly mapping: string;
  readonly alarms: { readonly all: number; readonly ringing: readonly string[] };
}

/** What only AWS knows: what was deployed, whether the queue feeds the bot, and what rings. */
export async function readAwsStatus(aws: AwsStage): Promise<AwsStatus> {
  const [commit, mapping, alarms] = await Promise.all([commitOf(aws), mappingOf(aws), alarmsOf(aws)]);
  const ringing = alarms.flatMap(({ AlarmName, StateValue }) =>
    StateValue === 'ALARM' && AlarmName !== undefined ? [AlarmName] : [],
  );
  return { ...(commit === undefined ? {} : { commit }), mapping, alarms: { all: alarms.length, ringing } };
}

/** The deployment notes it in the template's Metadata; whoever may not read that sees none. */
async function commitOf({ clients, stackName }: AwsStage): Promise<string | undefined> {
  const asked = new GetTemplateSummaryCommand({ StackName: stackName });
  const { Metadata = '' } = await clients
    .cloudFormation()
    .send(asked)
    .catch(() => ({ Metadata: '' }));
  const { parley } = Object(parseJson(Metadata)) as { readonly parley?: { readonly commit?: string } };
  return parley?.commit;
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

import { DescribeAlarmsCommand, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AwsStage } from '../../stage/aws/aws-stage.ts';
import { awsLine, deployLine, parleyLine } from '../../stage/suggest.ts';
import { awsCheck, problem, warning } from '../check.ts';

export const alarms = awsCheck({
  id: 'alarms',
  what: 'Every alarm of the stack is there, tells somebody, and none rings',
  why: 'A failure that rings nowhere is found by customers.',
  run: async (aws, { stage, stackResources }) => {
    const [resources, found] = await Promise.all([stackResources(), listAlarms(aws)]);
    const expected = resources
      .filter(({ ResourceType }) => ResourceType === 'AWS::CloudWatch::Alarm')
      .map(({ PhysicalResourceId = '' }) => PhysicalResourceId);
    const byName = new Map(found.map((one) => [one.AlarmName ?? '', one]));
    return expected.flatMap((name) => {
      const alarm = byName.get(name);
      if (alarm === undefined) return [problem(`The alarm ${name} is gone.`, deployLine(stage))];
      const { ActionsEnabled, AlarmActions = [], StateValue } = alarm;
      const isDeaf = ActionsEnabled === false || AlarmActions.length === 0;
      return [
        ...(isDeaf
          ? [
              problem(
                `The alarm ${name} tells nobody.`,
                awsLine(`cloudwatch enable-alarm-actions --alarm-names ${name}`, stage),
              ),
            ]
          : []),
        ...(StateValue === 'ALARM' ? [warning(`The alarm ${name} rings.`, parleyLine('status', stage))] : []),
      ];
    });
  },
});

async function listAlarms({ clients, stackName }: AwsStage): Promise<readonly MetricAlarm[]> {
  const found: MetricAlarm[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients
      .cloudWatch()
      .send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stackName}-`, NextToken }));
    found.push(...(page.MetricAlarms ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

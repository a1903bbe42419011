import type { Resource } from '../template.ts';
import { type Check, problem } from './finding.ts';

/** How long each name may be, in characters, by the property that holds it. The limits are those of each type's page. */
const LONGEST: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'AWS::Lambda::Function': { FunctionName: 64 },
  'AWS::SQS::Queue': { QueueName: 80 },
  'AWS::IAM::Role': { RoleName: 64 },
  'AWS::Events::Rule': { Name: 64 },
  'AWS::CloudWatch::Alarm': { AlarmName: 255 },
  'AWS::CloudWatch::Dashboard': { DashboardName: 255 },
  'AWS::SNS::Topic': { TopicName: 256 },
  'AWS::DynamoDB::Table': { TableName: 255 },
  'AWS::Logs::LogGroup': { LogGroupName: 512 },
};

/** A name that is too long fails in the middle of the deployment, and what was made by then is taken back. */
export const names: Check = async ({ stage, stackName, template }) => {
  const tooLong = Object.values(template.Resources).flatMap(longNames);
  if (stackName.length > 128) tooLong.push(`the stack's, ${stackName}: ${stackName.length} of 128`);
  if (tooLong.length === 0) return [];
  return [
    problem(
      `The stage's name "${stage}" makes names that are too long for AWS, in characters: ${tooLong.join('; ')}. Choose a shorter one.`,
    ),
  ];
};

function longNames({ Type, Properties = {} }: Resource): string[] {
  return Object.entries(LONGEST[Type] ?? {}).flatMap(([property, most]) => {
    const name = Properties[property];
    return typeof name === 'string' && name.length > most ? [`${name}: ${name.length} of ${most}`] : [];
  });
}

import { UpdateStackCommand, waitUntilStackUpdateComplete } from '@aws-sdk/client-cloudformation';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Template } from '../deploy/template.ts';
import type { AwsStage } from '../stage/aws/aws-stage.ts';
import { type PastDeployment, templateUrl } from './past-deployments.ts';

const LONGEST_S = 1_800;

/**
 * Gives the stack the template of a past deployment, and waits until it has it. Nothing watches the alarms meanwhile:
 * those that ring are why somebody rolls back, and they would take the rollback back.
 *
 * @throws CommandError when CloudFormation does not do it
 */
export async function restoreTemplate(
  aws: AwsStage,
  deployment: PastDeployment,
  { Parameters = {} }: Template,
): Promise<void> {
  const client = aws.clients.cloudFormation();
  const StackName = aws.stackName;
  try {
    await client.send(
      new UpdateStackCommand({
        StackName,
        TemplateURL: templateUrl(aws, deployment),
        // Its settings are the defaults of its parameters; said, because those of the stack are others by now.
        Parameters: Object.entries(Parameters).map(([ParameterKey, { Default = '' }]) => ({
          ParameterKey,
          ParameterValue: String(Default),
        })),
        Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
        RollbackConfiguration: { MonitoringTimeInMinutes: 0, RollbackTriggers: [] },
      }),
    );
    await waitUntilStackUpdateComplete(
      { client, maxWaitTime: LONGEST_S, minDelay: 2, maxDelay: 5 },
      { StackName },
    );
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    throw new CommandError(
      FAILED,
      `CloudFormation did not roll back (${name}): ${message.slice(0, 500)} See why: aws cloudformation describe-stack-events --stack-name ${StackName}.`,
      { cause: error },
    );
  }
}

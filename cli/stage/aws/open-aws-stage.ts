import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  GetFunctionConfigurationCommand,
  type GetFunctionConfigurationCommandOutput,
  InvokeCommand,
} from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { readApiKey } from '../../../lib/aws/secrets.ts';
import { systemClock } from '../../../lib/clock.ts';
import { type FunctionName, readConfig } from '../../../lib/config.ts';
import { ConfigError } from '../../../lib/config-error.ts';
import { createLog } from '../../../lib/log.ts';
import type { Reconciled } from '../../../lib/reconcile/reconcile.ts';
import { FUNCTION_NAMES } from '../../../lib/settings.ts';
import { FAILED } from '../../command.ts';
import { CommandError } from '../../command-error.ts';
import type { Settings, Stage } from '../stage.ts';
import type { StageValues } from '../stage-options.ts';
import { twilioOf } from '../twilio-of.ts';
import { type AwsClients, clientConfig, createAwsClients } from './aws-clients.ts';
import { awsDeadLetters, awsQueueEnd } from './aws-queues.ts';
import { awsTable } from './aws-table.ts';
import { countRequests } from './count-requests.ts';
import { awsLogs } from './find-logs.ts';
import { awsMetrics } from './read-metrics.ts';

/**
 * The stack that `npm run deploy -- --stage NAME` made, found by its name.
 *
 * @throws CommandError when there is none in this account and region, or AWS refuses to show it
 */
export async function openAwsStage({ stage: name, region, profile }: StageValues): Promise<Stage> {
  const counted = countRequests();
  const access = { region, profile, logger: counted.logger };
  const clients = createAwsClients(access);
  const stackName = `parley-${name}`;
  const functionName = (of: FunctionName) => `${stackName}-${of}`;
  const [outputs, settings, config] = await found(stackName, async () => {
    const environments = FUNCTION_NAMES.map(
      async (of) => [of, environmentOf(await configurationOf(clients, functionName(of)))] as const,
    );
    return Promise.all([
      outputsOf(clients, stackName),
      Promise.all(environments).then((all) => Object.fromEntries(all) as Stage['settings']),
      clients.lambda().config.region(),
    ]);
  }).catch((error: unknown) => {
    clients.destroy();
    throw error;
  });
  const clock = systemClock;
  const random = Math.random;
  const log = createLog({ level: 'error', now: clock.now, write: () => undefined });
  const twilio = twilioOf({
    config: readSettings(settings.reconcile),
    apiKey: readApiKey(settings.reply['TWILIO_API_KEY_SECRET_ID'] ?? '', {
      clock,
      log,
      client: clientConfig(access),
    }),
    clock,
    random,
  });
  const caller = () => clients.sts().send(new GetCallerIdentityCommand({}));
  return {
    ...twilio,
    name,
    given: { stage: name, region, profile },
    settings,
    clock,
    random,
    table: awsTable(clients, settings.reply['TABLE_NAME'] ?? '', clock),
    queue: awsQueueEnd(clients, outputs['QueueUrl'] ?? ''),
    deadLetters: awsDeadLetters(clients, outputs['DeadLetterQueueUrl'] ?? ''),
    metrics: awsMetrics(clients, `parley/${name}`),
    logs: awsLogs(clients, (of) => `/aws/lambda/${functionName(of)}`),
    reconcile: async (asked) => {
      const { FunctionError, Payload } = await clients.lambda().send(
        new InvokeCommand({
          FunctionName: functionName('reconcile'),
          Payload: new TextEncoder().encode(JSON.stringify(asked)),
        }),
      );
      if (FunctionError !== undefined) {
        throw new CommandError(FAILED, `The reconciler failed (${FunctionError}); its log says why.`);
      }
      return JSON.parse(new TextDecoder().decode(Payload)) as Reconciled;
    },
    operator: async () => (await caller()).Arn ?? 'unknown',
    aws: {
      clients,
      region: config,
      accountId: /^arn:[^:]*:[^:]*:[^:]*:(\d+)/.exec(outputs['AlarmsTopicArn'] ?? '')?.[1] ?? '',
      stackName,
      outputs,
      functionName,
      requests: counted.requests,
    },
    close: async () => {
      clients.destroy();
      await twilio.close();
    },
  };
}

/** @throws CommandError naming what is wrong; without them nobody can say which account is meant */
function readSettings(environment: Settings) {
  try {
    return readConfig('reconcile', { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'reconcile' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new CommandError(FAILED, `The function reconcile refuses its settings. ${error.message}`, {
      cause: error,
    });
  }
}

async function outputsOf(clients: AwsClients, StackName: string): Promise<Record<string, string>> {
  const { Stacks = [] } = await clients.cloudFormation().send(new DescribeStacksCommand({ StackName }));
  const outputs = Stacks[0]?.Outputs ?? [];
  return Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
}

function configurationOf(clients: AwsClients, FunctionName: string) {
  return clients.lambda().send(new GetFunctionConfigurationCommand({ FunctionName }));
}

function environmentOf({ Environment }: GetFunctionConfigurationCommandOutput): Settings {
  return Environment?.Variables ?? {};
}

async function found<T>(stackName: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw new CommandError(FAILED, explain(stackName, error), { cause: error });
  }
}

function explain(stackName: string, error: unknown): string {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (/does not exist|ResourceNotFound/.test(`${name} ${message}`)) {
    return `There is no stack ${stackName} in this account and region: expected one that npm run deploy made. Give --stage, --region or --profile.`;
  }
  if (/Credentials|Token/.test(name)) {
    return `AWS does not know who asks (${name}): set AWS_PROFILE or give --profile, and log in.`;
  }
  if (/Region/.test(message)) {
    return 'No AWS region is set: set AWS_REGION or give --region. The world of npm start is --stage local.';
  }
  return `AWS does not show the stack ${stackName} (${name}): ${message}`;
}

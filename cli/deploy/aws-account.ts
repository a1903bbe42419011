import { DescribeStacksCommand, GetTemplateCommand, type Stack } from '@aws-sdk/client-cloudformation';
import {
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import {
  GetSecretValueCommand,
  ResourceNotFoundException as NoSecret,
} from '@aws-sdk/client-secrets-manager';
import type { AwsClients } from '../stage/aws/aws-clients.ts';
import type { Template } from './template.ts';

/** What a deployment reads of an account in one region. Every method throws what the SDK throws. */
export interface AwsAccount {
  /** All stacks that there are, ours and others'. */
  stacks(): Promise<readonly StackSummary[]>;
  template(stackName: string): Promise<Template>;
  /** The settings of a function as it runs now; undefined where there is none of that name. */
  environment(functionName: string): Promise<Readonly<Record<string, string>> | undefined>;
  /** A secret's current text; undefined where there is none of that name. */
  secret(id: string): Promise<string | undefined>;
  /** How many functions may run at once, of which none is reserved for one of them. */
  concurrency(): Promise<number>;
}

export interface StackSummary {
  readonly name: string;
  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Stack.html */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export function createAwsAccount(clients: AwsClients): AwsAccount {
  return {
    stacks: async () => {
      const stacks: StackSummary[] = [];
      let NextToken: string | undefined;
      do {
        const page = await clients.cloudFormation().send(new DescribeStacksCommand({ NextToken }));
        stacks.push(...(page.Stacks ?? []).map(summarise));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return stacks;
    },
    template: async (StackName) => {
      const { TemplateBody = '{}' } = await clients
        .cloudFormation()
        .send(new GetTemplateCommand({ StackName }));
      return JSON.parse(TemplateBody) as Template;
    },
    environment: async (FunctionName) => {
      const command = new GetFunctionConfigurationCommand({ FunctionName });
      const found = await clients.lambda().send(command).catch(unlessMissing(ResourceNotFoundException));
      return found === undefined ? undefined : (found.Environment?.Variables ?? {});
    },
    secret: async (SecretId) => {
      const command = new GetSecretValueCommand({ SecretId });
      const found = await clients.secrets().send(command).catch(unlessMissing(NoSecret));
      return found === undefined ? undefined : (found.SecretString ?? '');
    },
    concurrency: async () => {
      const { AccountLimit } = await clients.lambda().send(new GetAccountSettingsCommand({}));
      return AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    },
  };
}

function summarise({ StackName = '', StackStatus, Outputs = [], Tags = [] }: Stack): StackSummary {
  return {
    name: StackName,
    status: StackStatus ?? '',
    outputs: Object.fromEntries(
      Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
  };
}

function unlessMissing(missing: abstract new (...args: never[]) => Error) {
  return (error: unknown): undefined => {
    if (error instanceof missing) return undefined;
    throw error;
  };
}

import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod/mini';
import type { FunctionName } from '../../../lib/config.ts';
import type { TwilioShown } from './other-products.ts';

export const ACCOUNT_ID = '000000000000';
export const REGION = 'us-east-1';
export const STACK = 'parley-dev';
const topicArn = (id: string) => `arn:aws:sns:${REGION}:${ACCOUNT_ID}:${STACK}-${id}-AbCdEf`;
export const TOPIC = topicArn('Alarms');

export const functionName = (name: FunctionName) => `${STACK}-${name}`;
export const functionArn = (name: FunctionName) =>
  `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${functionName(name)}`;

/** What AWS answers about a sound stack, shaped as its own answers are. A test changes it, and puts it back. */
export interface Shown {
  /** Who asks; undefined where the credentials are not good. */
  caller: { Account: string; Arn: string } | undefined;
  stack: {
    StackStatus: string;
    /** As the template's Metadata has it; undefined where the deployment did not note it. */
    commit: string | undefined;
    tags: Record<string, string>;
    outputs: Record<string, string>;
    resources: StackResource[];
  };
  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
  functions: Record<FunctionName, FunctionShown>;
  /** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html */
  mappings: Record<string, unknown>[];
  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
  concurrency: number;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
  alarms: AlarmShown[];
  subscriptions: { TopicArn: string; Protocol: string; SubscriptionArn: string }[];
  table: { ttl: string; recovery: string; protected: boolean };
  /** One value a metric of AWS's own, by `namespace/metric`. */
  datapoints: Record<string, number>;
  /** What the webhook's address answers to everything; undefined where the API and receive are there. */
  door: number | undefined;
  twilio: TwilioShown;
}

export interface StackResource {
  LogicalResourceId: string;
  PhysicalResourceId: string;
  ResourceType: string;
  ResourceStatus: string;
}

export interface FunctionShown {
  FunctionName: string;
  Runtime: string;
  Architectures: string[];
  MemorySize: number;
  Timeout: number;
  State: string;
  LastUpdateStatus: string;
  LastModified: string;
  CodeSha256: string;
  Environment: { Variables: Record<string, string> };
}

export interface AlarmShown {
  AlarmName: string;
  StateValue: string;
  ActionsEnabled: boolean;
  AlarmActions: string[];
  AlarmDescription: string;
}

/** Memory in megabytes and timeout in seconds, as serverless.yml has them. */
const SIZES = { receive: [512, 4], reply: [512, 30], reconcile: [512, 120] } as const;

export function soundFunction(
  name: FunctionName,
  variables: Readonly<Record<string, string>>,
): FunctionShown {
  const [MemorySize, Timeout] = SIZES[name];
  return {
    FunctionName: functionName(name),
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    MemorySize,
    Timeout,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    LastModified: '2026-11-20T08:00:00.000+0000',
    CodeSha256: Buffer.from(name.padEnd(32, '.')).toString('base64'),
    Environment: { Variables: { ...variables } },
  };
}

export function soundMapping(queueArn: string) {
  return {
    UUID: '00000000-0000-4000-8000-000000000001',
    BatchSize: 1,
    EventSourceArn: queueArn,
    FunctionArn: functionArn('reply'),
    State: 'Enabled',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 50 },
  };
}

const partShape = z.object({
  Resources: z.optional(
    z.record(
      z.string(),
      z.object({ Type: z.string(), Properties: z.optional(z.record(z.string(), z.unknown())) }),
    ),
  ),
});

/** The resources of the template's own parts, and those that the deployment tool makes for each function. */
export function readTemplate(physical: Readonly<Record<string, string>>): {
  readonly resources: StackResource[];
  readonly alarms: AlarmShown[];
} {
  const named = globSync('stack/*.yml')
    .toSorted()
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return Object.entries(
        partShape.parse(parse(text, { merge: true, logLevel: 'silent' })).Resources ?? {},
      );
    });
  const resources = [
    ...named.map(([id, { Type }]) => resource(id, Type, physical)),
    resource('HttpApi', 'AWS::ApiGatewayV2::Api', physical),
    ...(['Receive', 'Reply', 'Reconcile'] as const).flatMap((name) => [
      resource(`${name}LambdaFunction`, 'AWS::Lambda::Function', physical),
      resource(`${name}LogGroup`, 'AWS::Logs::LogGroup', physical),
    ]),
  ];
  const alarms = named
    .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
    .map(([id, { Properties = {} }]) => ({
      AlarmName: `${STACK}-${id}-AbCdEf`,
      StateValue: 'OK',
      ActionsEnabled: true,
      AlarmActions: [TOPIC],
      AlarmDescription: String(Properties['AlarmDescription'] ?? ''),
    }));
  return { resources, alarms };
}

function resource(
  id: string,
  ResourceType: string,
  physical: Readonly<Record<string, string>>,
): StackResource {
  return {
    LogicalResourceId: id,
    PhysicalResourceId:
      physical[id] ?? (ResourceType === 'AWS::SNS::Topic' ? topicArn(id) : `${STACK}-${id}-AbCdEf`),
    ResourceType,
    ResourceStatus: 'CREATE_COMPLETE',
  };
}

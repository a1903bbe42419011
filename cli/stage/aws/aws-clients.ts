import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { AwsOptions } from '../../../lib/aws/call-aws.ts';
import type { Logger } from './count-requests.ts';

/** Where the clients look, and as whom; the rest is what the AWS command line would take. */
export interface AwsAccess {
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** Is told of each request. */
  readonly logger?: Logger | undefined;
}

export type AwsClients = ReturnType<typeof createAwsClients>;

/** One client a service, each made when it is first asked for. */
export function createAwsClients(access: AwsAccess) {
  const made: { destroy(): void }[] = [];
  const config = clientConfig(access);
  const once = <C extends { destroy(): void }>(make: () => C) => {
    let client: C | undefined;
    return () => {
      if (client === undefined) {
        client = make();
        made.push(client);
      }
      return client;
    };
  };
  return {
    cloudFormation: once(() => new CloudFormationClient(config)),
    cloudWatch: once(() => new CloudWatchClient(config)),
    logs: once(() => new CloudWatchLogsClient(config)),
    dynamodb: once(() => new DynamoDBClient(config)),
    lambda: once(() => new LambdaClient(config)),
    s3: once(() => new S3Client(config)),
    secrets: once(() => new SecretsManagerClient(config)),
    sns: once(() => new SNSClient(config)),
    sqs: once(() => new SQSClient(config)),
    sts: once(() => new STSClient(config)),
    destroy: () => {
      for (const client of made) client.destroy();
    },
  };
}

/** A person waits longer than a webhook does, and may be far from the region. */
const CONNECT_MS = 5_000;
const ANSWER_MS = 20_000;

/** What any client takes; what is not given it finds itself, in the environment or in the profile. */
export function clientConfig({ region, profile, logger }: AwsAccess) {
  return {
    requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: ANSWER_MS },
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(logger === undefined ? {} : { logger }),
  };
}

/** What the functions' own queue and store take, as this client found it in the environment or in the profile. */
export function asFunctionsTake({ config }: DynamoDBClient | SQSClient): AwsOptions {
  return {
    region: config.region,
    credentials: config.credentials,
    connectTimeoutMs: CONNECT_MS,
    answerTimeoutMs: ANSWER_MS,
    onRequest: () => config.logger.info({ metadata: { attempts: 1 } }),
  };
}

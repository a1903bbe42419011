import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AwsError, errorName } from '../../lib/aws/aws-error.ts';
import { createAwsCaller } from '../../lib/aws/call-aws.ts';
import { SQS } from '../../lib/aws/queue.ts';
import { DYNAMODB } from '../../lib/aws/store.ts';
import { systemClock } from '../../lib/clock.ts';
import { describeAwsCaller } from './aws-call.contract.ts';

const WHO = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

describeAwsCaller('lib/aws', (service, options) => {
  let waited = 0;
  const clock = {
    ...systemClock,
    sleep: async (ms: number) => {
      waited += ms;
    },
  };
  const [operation, of] =
    service === 'SQS' ? (['SendMessage', SQS(options.endpoint)] as const) : (['PutItem', DYNAMODB] as const);
  let attempts = 0;
  const call = createAwsCaller(of, {
    ...WHO,
    ...options,
    clock,
    onRequest: () => {
      attempts += 1;
    },
  });
  return async (input) => {
    waited = attempts = 0;
    try {
      return { output: await call(operation, input), attempts, waited };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { reason: error.reason, attempts: error.attempts, waited };
    }
  };
});

describeAwsCaller('AWS’s client', (service, { endpoint, maxAttempts, answerTimeoutMs }) => {
  const config = {
    ...WHO,
    endpoint,
    maxAttempts,
    requestHandler: { connectionTimeout: 300, requestTimeout: answerTimeoutMs, throwOnRequestTimeout: true },
  };
  const dynamodb = new DynamoDBClient(config);
  // Its answer has no checksum here.
  const sqs = new SQSClient({ ...config, md5: false });
  return async (input) => {
    const sent: Promise<Told> =
      service === 'SQS'
        ? sqs.send(new SendMessageCommand(input as never))
        : dynamodb.send(new PutItemCommand(input as never));
    return sent.then(
      (output) => ({ output, ...told(output) }),
      (error: Told) => ({ reason: errorName(error), ...told(error) }),
    );
  };
});

interface Told {
  readonly $metadata?: { readonly attempts?: number; readonly totalRetryDelay?: number };
}

function told({ $metadata: { attempts = 0, totalRetryDelay: waited = 0 } = {} }: Told) {
  return { attempts, waited };
}

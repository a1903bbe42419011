import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { createStore } from '../../lib/aws/store.ts';
import { systemClock } from '../../lib/clock.ts';
import { listen } from './listen.ts';
import { ownedTable } from './owned-table.ts';
import { type SecretsManagerStandIn, startSecretsManager } from './secrets-manager.ts';

export interface AwsLocal {
  readonly queueUrl: string;
  readonly dlqUrl: string;
  readonly tableName: string;
  readonly secrets: SecretsManagerStandIn;
  /** To look into the queues: `fauxqs.inspectQueue('parley.fifo')`. */
  readonly fauxqs: FauxqsServer;
  /** Messages on the queue: visible, postponed and in flight; dead letters are none of them. */
  queued(): number;
  /** Leads any AWS SDK, in this process or another, to these services. */
  readonly env: Readonly<Record<string, string>>;
  /** What an SDK client of this process takes. */
  readonly clients: {
    readonly sqs: ClientOptions;
    readonly dynamodb: ClientOptions;
    readonly secrets: ClientOptions;
  };
  stop(): Promise<void>;
}

export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const REGION = 'us-east-1';
const TABLE_NAME = 'parley';
const ACCOUNT = '000000000000';
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * The AWS services parley uses, in this process, on loopback and with nothing on disk: fauxqs for SQS, dynalite for
 * DynamoDB and a stand-in for Secrets Manager, with the queues and the table that serverless.yml makes.
 */
export async function startAwsLocal(): Promise<AwsLocal> {
  const fauxqs = await startFauxqs({ port: 0, logger: false, defaultRegion: REGION });
  const dynamodb = await listen(dynalite({ createTableMs: 0 }));
  const secrets = await startSecretsManager();
  const sqsOrigin = `http://127.0.0.1:${fauxqs.port}`;
  const clientOptions = (endpoint: string): ClientOptions => ({
    endpoint,
    region: REGION,
    credentials: CREDENTIALS,
  });

  createQueues(fauxqs);
  await createTable(clientOptions(dynamodb.origin));
  return {
    // The SQS client sends to the queue URL's host whatever its endpoint is, so the URL must be on loopback too.
    queueUrl: `${sqsOrigin}/${ACCOUNT}/parley.fifo`,
    dlqUrl: `${sqsOrigin}/${ACCOUNT}/parley-dlq.fifo`,
    tableName: TABLE_NAME,
    secrets,
    fauxqs,
    queued: () => {
      const { ready, delayed, inflight } = fauxqs.inspectQueue('parley.fifo')?.messages ?? {};
      return [ready, delayed, inflight].reduce((sum, messages) => sum + (messages?.length ?? 0), 0);
    },
    env: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_SQS: sqsOrigin,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.origin,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.origin,
    },
    clients: {
      sqs: clientOptions(sqsOrigin),
      dynamodb: clientOptions(dynamodb.origin),
      secrets: clientOptions(secrets.origin),
    },
    stop: async () => {
      await Promise.all([fauxqs.stop(), dynamodb.close(), secrets.close()]);
    },
  };
}

function createQueues(fauxqs: FauxqsServer): void {
  const dlq = fauxqs.createQueue('parley-dlq.fifo', { attributes: { FifoQueue: 'true' } });
  fauxqs.createQueue('parley.fifo', {
    attributes: {
      FifoQueue: 'true',
      VisibilityTimeout: '180',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dlq.queueArn, maxReceiveCount: 20 }),
    },
  });
}

/** In seconds. */
const PATIENCE = { maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.1 };

async function createTable(options: ClientOptions): Promise<void> {
  const client = new DynamoDBClient(options);
  await client.send(
    new CreateTableCommand({
      TableName: TABLE_NAME,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  // Made in no time, it is there a moment after that was answered.
  await waitUntilTableExists({ client, ...PATIENCE }, { TableName: TABLE_NAME });
  client.destroy();
  const store = createStore({ tableName: TABLE_NAME, clock: systemClock, client: options });
  for (const [key, item] of ownedTable(TABLE_NAME)) await store.put(key, item, undefined);
}

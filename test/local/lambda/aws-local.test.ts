import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsLocal, startAwsLocal } from '../../../local/lambda/aws-local.ts';
import { deliverAll, deliverBatch } from '../../../local/lambda/event-source-mapping.ts';
import type { InvokeResult } from '../../../local/lambda/runtime-api.ts';

let aws: AwsLocal;
let sqs: SQSClient;

beforeAll(async () => {
  aws = await startAwsLocal();
  sqs = new SQSClient(aws.clients.sqs);
});
beforeEach(() => aws.fauxqs.reset());
afterAll(() => aws.stop());

let sent = 0;
function send(group: string, body: string) {
  sent += 1;
  return sqs.send(
    new SendMessageCommand({
      QueueUrl: aws.queueUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: String(sent),
    }),
  );
}

/** A function that records what it is given and answers with what `fails` names. */
function recorder(fails: (body: string) => boolean = () => false) {
  const bodies: string[] = [];
  const invoke = async ({ Records }: SQSEvent): Promise<InvokeResult> => {
    bodies.push(...Records.map(({ body }) => body));
    const failed = Records.filter(({ body }) => fails(body));
    return {
      ok: true,
      payload: { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) },
    };
  };
  return { bodies, invoke };
}

describe('the event source mapping', () => {
  it('hands over every message, each group in order, and deletes what was handled', async () => {
    for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) await send(body.slice(0, 1), body);
    const { bodies, invoke } = recorder();
    expect(await deliverAll({ sqs, queueUrl: aws.queueUrl, invoke })).toBe(5);
    expect(bodies.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(bodies.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2']);
  });

  it('keeps a failed message in flight, which holds back its group and no other', async () => {
    for (const body of ['a1', 'a2', 'b1']) await send(body.slice(0, 1), body);
    const { bodies, invoke } = recorder((body) => body === 'a1');
    await deliverAll({ sqs, queueUrl: aws.queueUrl, invoke });
    expect(bodies.toSorted()).toEqual(['a1', 'b1']);
    expect(aws.fauxqs.inspectQueue('parley.fifo')?.messages.inflight).toHaveLength(1);
  });

  it.each<[string, InvokeResult]>([
    ['the function failed', { ok: false, error: { errorType: 'Error', errorMessage: 'no' } }],
    ['the answer names a message that is not in the batch', failures('unknown')],
    ['the answer names no message', failures('')],
  ])('keeps the whole batch when %s', async (_why, result) => {
    await send('a', 'a1');
    await deliverBatch({ sqs, queueUrl: aws.queueUrl, invoke: async () => result });
    expect(aws.fauxqs.inspectQueue('parley.fifo')?.messages.inflight).toHaveLength(1);
  });
});

function failures(itemIdentifier: string): InvokeResult {
  return { ok: true, payload: { batchItemFailures: [{ itemIdentifier }] } };
}

describe('the table', () => {
  it('holds items by pk and sk', async () => {
    const client = new DynamoDBClient(aws.clients.dynamodb);
    const Item = { pk: { S: 'CH1' }, sk: { S: 'IM1' }, version: { N: '1' } };
    await client.send(new PutItemCommand({ TableName: aws.tableName, Item }));
    const { pk, sk } = Item;
    expect(
      await client.send(new GetItemCommand({ TableName: aws.tableName, Key: { pk, sk } })),
    ).toMatchObject({ Item });
  });
});

describe('the Secrets Manager stand-in', () => {
  beforeEach(() => {
    aws.secrets.fault(undefined);
    aws.secrets.put('token', 'first');
  });

  const read = (SecretId: string, VersionStage?: string) => {
    const client = new SecretsManagerClient({ ...aws.clients.secrets, maxAttempts: 1 });
    return client.send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }));
  };

  it('gives the current and, after a rotation, the previous value', async () => {
    expect(await read('token')).toMatchObject({ SecretString: 'first', VersionStages: ['AWSCURRENT'] });
    aws.secrets.rotate('token', 'second');
    expect(await read('token')).toMatchObject({ SecretString: 'second' });
    expect(await read('token', 'AWSPREVIOUS')).toMatchObject({ SecretString: 'first' });
  });

  it('counts calls', async () => {
    const before = aws.secrets.calls();
    await read('token');
    expect(aws.secrets.calls()).toBe(before + 1);
  });

  it('refuses an unknown secret and an unknown stage as AWS does', async () => {
    await expect(read('unknown')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(read('token', 'AWSPENDING')).rejects.toThrow('staging label: AWSPENDING');
  });

  it.each([
    ['error', { name: 'InternalServiceError' }],
    ['throttle', { name: 'ThrottlingException' }],
    ['reset', { code: 'ECONNRESET' }],
  ] as const)('meets the fault %s until it is switched off', async (kind, error) => {
    aws.secrets.fault(kind);
    await expect(read('token')).rejects.toMatchObject(error);
    aws.secrets.fault(undefined);
    await expect(read('token')).resolves.toBeDefined();
  });
});

import { InvokeStore, InvokeStoreBase } from '@aws/lambda-invoke-store';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueue } from '../../lib/aws/queue.ts';
import { createStore } from '../../lib/aws/store.ts';
import { manualClock } from './manual-clock.ts';
import { type ScriptedAws, type SentRequest, startScriptedAws } from './scripted-aws.ts';

let aws: ScriptedAws;
beforeEach(async () => {
  aws = await startScriptedAws();
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDLOCAL');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'parley-test-reply');
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5e3d83c1-e6a0db584850d61342823d4c;Sampled=1');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', aws.origin);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

/** Who sends, and its number for the call. */
const OWN = /^(x-amz-)?user-agent$|^amz-sdk-invocation-id$/;
/** What depends on the second, and on the order of what is in the body. */
const OF_THE_MOMENT = /^x-amz-(date|content-sha256)$/;
const withoutOwn = ({ headers, body }: SentRequest) => {
  const { authorization = '', ...rest } = headers;
  const [, scope, signed = ''] =
    /Credential=(\S+), SignedHeaders=(\S+), Signature=[0-9a-f]{64}$/.exec(authorization) ?? [];
  const kept = Object.entries(rest).filter(([name]) => !OWN.test(name) && !OF_THE_MOMENT.test(name));
  return {
    ...Object.fromEntries(kept),
    scope,
    signed: signed.split(';').filter((name) => !OWN.test(name)),
    body: JSON.parse(body),
  };
};

describe('a request as AWS’s client sends it', () => {
  it('to DynamoDB: the headers, what of them is signed and for whom, the trace and the body', async () => {
    aws.play({ status: 200, body: {} });
    await createStore({ tableName: 'parley', clock: manualClock() }).get({ pk: 'é', sk: 'b' });
    const client = new DynamoDBClient({ maxAttempts: 3 });
    await client.send(
      new GetItemCommand({
        TableName: 'parley',
        Key: { pk: { S: 'é' }, sk: { S: 'b' } },
        ConsistentRead: true,
      }),
    );
    const [ours, theirs] = aws.requests.map(withoutOwn);
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({
      'x-amzn-trace-id': 'Root=1-5e3d83c1-e6a0db584850d61342823d4c;Sampled=1',
      'x-amz-security-token': 'token',
      scope: expect.stringMatching(/^AKIDLOCAL\/\d{8}\/eu-central-1\/dynamodb\/aws4_request$/),
      'content-length': String(Buffer.byteLength(aws.requests[0]?.body ?? '')),
    });
  });

  it('to SQS', async () => {
    aws.play({ status: 200, body: { MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' } });
    const url = `${aws.origin}/000000000000/queue.fifo`;
    await createQueue({ url }).send({ groupId: 'CH1', deduplicationId: 'IM1', body: 'a' });
    const client = new SQSClient({ maxAttempts: 3, endpoint: aws.origin });
    const message = { QueueUrl: url, MessageGroupId: 'CH1', MessageDeduplicationId: 'IM1', MessageBody: 'a' };
    await client.send(new SendMessageCommand(message));
    const [ours, theirs] = aws.requests.map(withoutOwn);
    expect(ours).toEqual(theirs);
  });

  // Newer runtimes keep it for each invocation, and not in the environment.
  it('with the trace of the invocation that it belongs to', async () => {
    const invocation = await InvokeStore.getInstanceAsync();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const keys = InvokeStoreBase.PROTECTED_KEYS;
    aws.play({ status: 200, body: {} });
    const store = createStore({ tableName: 'parley', clock: manualClock() });
    const client = new DynamoDBClient({ maxAttempts: 3 });
    const kept = {
      [keys.X_RAY_TRACE_ID]: 'Root=1-other',
      [keys.TRACEPARENT]: traceparent,
      [keys.TRACESTATE]: 'a=b',
    };
    await invocation.run(kept, async () => {
      await store.get({ pk: 'a', sk: 'b' });
      await client.send(
        new GetItemCommand({
          TableName: 'parley',
          Key: { pk: { S: 'a' }, sk: { S: 'b' } },
          ConsistentRead: true,
        }),
      );
    });
    invocation.run({}, () => undefined);
    const [ours, theirs] = aws.requests.map(withoutOwn);
    expect(ours).toEqual(theirs);
    expect(ours).toMatchObject({ 'x-amzn-trace-id': 'Root=1-other', traceparent, tracestate: 'a=b' });
  });
});

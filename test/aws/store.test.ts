import { createServer, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import { createStore, parseItem } from '../../lib/aws/store.ts';
import type { Store } from '../../lib/ports.ts';
import { type AwsLocal, startAwsLocal } from '../../local/lambda/aws-local.ts';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { createDynamoDb } from '../simulation/dynamodb.ts';

/** `lost`: DynamoDB acts and its answer is lost. `refused`: it never acts. */
type Fault = 'lost' | 'refused' | undefined;

const key = { pk: 'CH1', sk: 'IM1' };
const clock = manualClock();
const item = (version: number, value: unknown) => ({
  version,
  expiresAt: Math.floor(clock.now() / 1000) + 60,
  value,
});

let aws: AwsLocal;
let proxy: LoopbackServer;
/** What happens to the next requests, in order; then none. */
let faults: Fault[];
let operations: string[];
let store: Store;
/** The same table without faults. */
let other: Store;

beforeEach(async () => {
  aws = await startAwsLocal();
  faults = [];
  operations = [];
  proxy = await listen(
    createServer(async (incoming, outgoing) => {
      const body = await buffer(incoming);
      operations.push(String(incoming.headers['x-amz-target']).replace(/.*\./, ''));
      const fault = faults.shift();
      if (fault === 'refused') return void outgoing.destroy();
      const answer = await forward(incoming, body);
      if (fault === 'lost') return void outgoing.destroy();
      outgoing.writeHead(answer.status, answer.headers).end(answer.body);
    }),
  );
  const client = { ...aws.clients.dynamodb, endpoint: proxy.origin, maxAttempts: 2 };
  store = createStore({ tableName: aws.tableName, clock, client });
  other = createStore({ tableName: aws.tableName, clock, client: aws.clients.dynamodb });
});
afterEach(async () => {
  await proxy.close();
  await aws.stop();
});

function forward(incoming: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
    (resolve, reject) => {
      const { method, headers } = incoming;
      const out = request(aws.clients.dynamodb.endpoint, { method, headers }, async (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: await buffer(answer) });
      });
      out.on('error', reject).end(body);
    },
  );
}

describe('the DynamoDB store under faults', () => {
  it('knows its own write again when the answer was lost and the retry is refused', async () => {
    faults = ['lost'];
    expect(await store.put(key, item(1, 'mine'), undefined)).toBe(true);
    expect(operations).toEqual(['PutItem', 'PutItem', 'GetItem']);
  });

  it('does not take an equal write of somebody else for its own', async () => {
    await other.put(key, item(1, 'claim'), undefined);
    faults = ['refused'];
    expect(await store.put(key, item(1, 'claim'), undefined)).toBe(false);
  });

  it('spends no read on losing at the first attempt', async () => {
    await other.put(key, item(1, 'theirs'), undefined);
    expect(await store.put(key, item(1, 'mine'), undefined)).toBe(false);
    expect(operations).toEqual(['PutItem']);
  });

  it('finds a write whose every answer was lost', async () => {
    await other.put(key, item(1, 'a'), undefined);
    faults = ['lost', 'lost'];
    expect(await store.put(key, item(2, 'b'), 1)).toBe(true);
  });

  it('throws when nothing got through, and the outcome counts as unknown', async () => {
    faults = ['refused', 'refused'];
    const error = await store.put(key, item(1, 'a'), undefined).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AwsError);
    expect(error).toMatchObject({ code: 'aws_failed', retryable: true, outcomeKnown: false });
    expect(String(error)).toMatch(/^\w+: DynamoDB PutItem failed: /);
    expect(await other.get(key)).toBeUndefined();
  });

  it('throws when it cannot find out, rather than guess', async () => {
    faults = ['lost', undefined, 'refused', 'refused'];
    await expect(store.put(key, item(1, 'a'), undefined)).rejects.toBeInstanceOf(AwsError);
    expect((await other.get(key))?.value).toBe('a');
  });

  it('reads again after a lost answer', async () => {
    await other.put(key, item(1, 'a'), undefined);
    faults = ['lost'];
    expect((await store.get(key))?.value).toBe('a');
  });

  it('reads several again after a lost answer, and throws when it cannot', async () => {
    await other.put(key, item(1, 'a'), undefined);
    faults = ['lost'];
    expect(await store.getAll([key, { ...key, sk: 'IM2' }])).toEqual([item(1, 'a'), undefined]);
    expect(operations).toEqual(['BatchGetItem', 'BatchGetItem']);
    faults = ['refused', 'refused'];
    await expect(store.getAll([key])).rejects.toThrow('DynamoDB BatchGetItem failed');
  });

  it('asks again, later each time, for what DynamoDB had no capacity for, and then throws', async () => {
    const own = manualClock();
    const draws: number[] = [0.9, 0.01, 0.01, 0.9];
    const { client } = createDynamoDb(own, () => draws.shift() ?? 0);
    const busy = createStore({ tableName: 'parley', clock: own, client });
    const stored = item(1, 'a');
    await busy.put({ ...key, sk: 'IM2' }, stored, undefined);
    expect(await busy.getAll([key, { ...key, sk: 'IM2' }])).toEqual([undefined, stored]);
    expect(own.sleeps).toEqual([50, 100]);
    await expect(busy.getAll([key])).rejects.toThrow('DynamoDB BatchGetItem failed: UnprocessedKeys.');
    expect(own.sleeps.slice(2)).toEqual([50, 100, 200, 400]);
  });

  it('throws when it cannot read', async () => {
    faults = ['refused', 'refused'];
    await expect(store.get(key)).rejects.toThrow('DynamoDB GetItem failed');
  });
});

// Cause: it was taken for a failure of the table, so a mode that was damaged by hand stopped all and ended nothing.
it('an item whose data is not JSON reads as null', () => {
  for (const data of [{ S: '{"mode":' }, { S: '' }, undefined]) {
    const stored = { version: { N: '3' }, ttl: { N: '4000000000' }, ...(data && { data }) };
    expect(parseItem(stored)).toEqual({ version: 3, expiresAt: 4e9, value: null });
  }
});

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLE_OPTIONS } from '../../build/bundle-options.ts';
import { leaveOut } from '../../build/leave-out.ts';
import * as source from '../../lib/aws/store.ts';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';
import { manualClock } from '../contract/manual-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-leave-out-'));
let bundled: typeof source;
let server: LoopbackServer;
/** How DynamoDB answers the next requests. */
let answers: { readonly status: number; readonly type: string }[] = [];
let requests = 0;

beforeAll(async () => {
  const outfile = join(folder, 'store.cjs');
  await build({
    ...BUNDLE_OPTIONS,
    entryPoints: ['lib/aws/store.ts'],
    outfile,
    plugins: [leaveOut().plugin],
  });
  bundled = (await import(pathToFileURL(outfile).href)).default;
  server = await listen(
    createServer((_, response) => {
      requests += 1;
      const { status, type } = answers.shift() ?? { status: 200, type: '' };
      const namespace = 'com.amazonaws.dynamodb.v20120810';
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(status === 200 ? '{}' : JSON.stringify({ __type: `${namespace}#${type}`, message: 'no' }));
    }),
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** What comes of a put, and how many requests it took. */
async function put({ createStore }: Pick<typeof source, 'createStore'>, status: number, type: string) {
  answers = [{ status, type }];
  requests = 0;
  const client = {
    endpoint: server.origin,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 2,
  };
  const store = createStore({ tableName: 'table', clock: manualClock(), client });
  const item = { version: 1, expiresAt: 2_000_000_000, value: {} };
  const outcome = await store.put({ pk: 'CH1', sk: 'IM1' }, item, undefined).catch(({ reason }) => reason);
  return { outcome, requests };
}

describe('the AWS clients in the bundles', () => {
  it.each([
    [400, 'ConditionalCheckFailedException', { outcome: false, requests: 1 }],
    [400, 'ThrottlingException', { outcome: true, requests: 2 }],
    [400, 'ProvisionedThroughputExceededException', { outcome: true, requests: 2 }],
    [500, 'InternalServerError', { outcome: true, requests: 2 }],
    [400, 'ItemCollectionSizeLimitExceededException', undefined],
    [400, 'ResourceNotFoundException', undefined],
    [400, 'ValidationException', undefined],
  ])('take %i %s as the whole client does', async (status, type, expected) => {
    const whole = await put(source, status, type);
    expect(await put(bundled, status, type)).toEqual(whole);
    if (expected !== undefined) expect(whole).toEqual(expected);
    else expect(whole.outcome).toBe(type);
  });
});

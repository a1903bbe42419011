import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAwsCaller } from '../../lib/aws/call-aws.ts';
import { createQueue } from '../../lib/aws/queue.ts';
import { DYNAMODB } from '../../lib/aws/store.ts';
import { listen } from '../../local/lambda/listen.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { type ScriptedAws, startScriptedAws } from '../contract/scripted-aws.ts';

let aws: ScriptedAws;
beforeEach(async () => {
  aws = await startScriptedAws();
});
afterEach(async () => {
  await aws.close();
});

const ENV = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'first', AWS_SECRET_ACCESS_KEY: 'secret' };
const credentialOf = ({ headers }: ScriptedAws['requests'][number]) =>
  /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1];

describe('a call of AWS', () => {
  it('is signed with the credentials that the environment has at that moment', async () => {
    let env: Record<string, string> = { ...ENV, AWS_ENDPOINT_URL: aws.origin };
    aws.play({ status: 200, body: {} });
    const call = createAwsCaller(DYNAMODB, { env: () => env });
    await call('GetItem', {});
    env = { ...env, AWS_ACCESS_KEY_ID: 'second', AWS_SESSION_TOKEN: 'token' };
    await call('GetItem', {});
    expect(aws.requests.map(credentialOf)).toEqual(['first', 'second']);
    expect(aws.requests.map(({ headers }) => headers['x-amz-security-token'])).toEqual([undefined, 'token']);
  });

  it.each([
    [
      'AWS_ACCESS_KEY_ID',
      'CredentialsProviderError. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as Lambda',
    ],
    [
      'AWS_SECRET_ACCESS_KEY',
      'CredentialsProviderError. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as',
    ],
    ['AWS_REGION', 'RegionMissing. Set AWS_REGION, as Lambda does.'],
  ])('is not made without %s, and says what to set', async (name, text) => {
    const env = { ...ENV, AWS_ENDPOINT_URL: aws.origin, [name]: '' };
    await expect(createAwsCaller(DYNAMODB, { env: () => env })('GetItem', {})).rejects.toThrow(
      `DynamoDB GetItem failed: ${text}`,
    );
    expect(aws.requests).toEqual([]);
  });

  it('goes over a connection that is kept', async () => {
    let connections = 0;
    const server = createServer((_, response) => response.end('{}')).on('connection', () => {
      connections += 1;
    });
    const { origin, close } = await listen(server);
    const call = createAwsCaller(DYNAMODB, { env: () => ({ ...ENV, AWS_ENDPOINT_URL: origin }) });
    for (let calls = 0; calls < 3; calls += 1) await call('GetItem', {});
    expect(connections).toBe(1);
    await close();
  });

  // A function is frozen between two events, and AWS closes what is idle.
  it('finds its connection closed by the other side, and is made again', async () => {
    aws.play({ status: 200, body: {} }, 'reset', { status: 200, body: { again: true } });
    const clock = manualClock(Date.now());
    const call = createAwsCaller(DYNAMODB, { clock, env: () => ({ ...ENV, AWS_ENDPOINT_URL: aws.origin }) });
    await call('GetItem', {});
    expect(await call('GetItem', {})).toEqual({ again: true });
  });

  // The SDK's client waits for the rest of such an answer for as long as there is a function.
  it('is given up when an answer begins and does not end', async () => {
    const { origin, close } = await listen(
      createServer((_, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{');
      }),
    );
    const call = createAwsCaller(DYNAMODB, {
      env: () => ({ ...ENV, AWS_ENDPOINT_URL: origin }),
      maxAttempts: 1,
      answerTimeoutMs: 100,
    });
    await expect(call('GetItem', {})).rejects.toThrow('DynamoDB GetItem failed: TimeoutError.');
    await close();
  });

  // TEST-NET-1: packets to it go nowhere. https://www.rfc-editor.org/rfc/rfc5737
  it('is given up when no connection comes about', async () => {
    const call = createAwsCaller(DYNAMODB, {
      env: () => ({ ...ENV, AWS_ENDPOINT_URL: 'http://192.0.2.1' }),
      maxAttempts: 1,
      connectTimeoutMs: 50,
      answerTimeoutMs: 60_000,
    });
    await expect(call('GetItem', {})).rejects.toThrow(/^DynamoDB GetItem failed: (TimeoutError|Error)\.$/);
  });

  it('waits a random share of a time that doubles, and a second longer at most when AWS asks for more', async () => {
    const clock = manualClock(Date.now());
    const draws = [0.5, 0.5, 0.5];
    aws.play(
      { status: 500 },
      { status: 400, body: { __type: 'ThrottlingException' } },
      { status: 503, headers: { 'retry-after': '30' } },
      { status: 200 },
    );
    const call = createAwsCaller(DYNAMODB, {
      clock,
      random: () => draws.shift() ?? 0,
      maxAttempts: 4,
      env: () => ({ ...ENV, AWS_ENDPOINT_URL: aws.origin }),
    });
    await call('GetItem', {});
    expect(clock.sleeps).toEqual([12, 1_000, 1_050]);
  });
});

describe('a message of which SQS has read something else', () => {
  it('is not taken for sent, and not sent again at once', async () => {
    aws.play({ status: 200, body: { MD5OfMessageBody: 'd41d8cd98f00b204e9800998ecf8427e' } });
    const client = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
    const queue = createQueue({ url: `${aws.origin}/000000000000/q.fifo`, client });
    await expect(queue.send({ groupId: 'CH1', deduplicationId: 'IM1', body: 'a' })).rejects.toThrow(
      'SQS SendMessage failed: InvalidChecksumError.',
    );
    expect(aws.requests).toHaveLength(1);
  });
});

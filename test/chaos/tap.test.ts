import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';
import { startTap, type Tap, type When } from './tap.ts';

/** What came to each of the services, as `name method url body`. */
let arrived: string[];
let services: LoopbackServer[];
let taps: Tap[];

beforeEach(() => {
  arrived = [];
  services = [];
  taps = [];
});
afterEach(() => Promise.all([...services, ...taps].map((server) => server.close())));

async function startService(name: string): Promise<string> {
  const service = await listen(
    createServer(async (request: IncomingMessage, response) => {
      arrived.push(`${name} ${request.method} ${request.url} ${await text(request)}`);
      response.writeHead(201, { 'x-host': request.headers.host });
      response.end(`from ${name}`);
    }),
  );
  services.push(service);
  return service.origin;
}

async function tapAt(when?: When) {
  const [dynamodb = '', sqs = '', secrets = '', twilio = ''] = await Promise.all(
    ['dynamodb', 'sqs', 'secrets', 'twilio'].map(startService),
  );
  const calls: string[] = [];
  let kills = 0;
  const late: (() => Promise<unknown>)[] = [];
  const tap = await startTap({
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
      AWS_ENDPOINT_URL_SQS: sqs,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
      TWILIO_API_URL: twilio,
      QUEUE_URL: `${sqs}/000000000000/parley.fifo`,
      LOG_LEVEL: 'info',
    },
    onCall: (call) => {
      calls.push(call);
      return when;
    },
    // The caller is this process; what it would see when it died is told by closing the tap.
    kill: async () => {
      kills += 1;
      await tap.close();
    },
    later: (effect) => late.push(effect),
  });
  taps.push(tap);
  return { tap, calls, late, kills: () => kills };
}

describe('the tap', () => {
  it.each([
    ['AWS_ENDPOINT_URL_DYNAMODB', 'DynamoDB_20120810.PutItem', 'PutItem', 'dynamodb'],
    ['AWS_ENDPOINT_URL_SQS', 'AmazonSQS.SendMessage', 'SendMessage', 'sqs'],
    ['QUEUE_URL', 'AmazonSQS.ChangeMessageVisibility', 'ChangeMessageVisibility', 'sqs'],
    ['AWS_ENDPOINT_URL_SECRETS_MANAGER', 'secretsmanager.GetSecretValue', 'GetSecretValue', 'secrets'],
    ['TWILIO_API_URL', '', 'POST Messages', 'twilio'],
  ])('leads what goes to %s (%s) there, as %s', async (endpoint, target, call, service) => {
    const { tap, calls } = await tapAt();
    const path = '/v1/Messages?PageSize=1';
    const url = new URL(path, tap.env[endpoint]);
    const headers = target === '' ? {} : { 'x-amz-target': target };
    const answer = await fetch(url, { method: 'POST', headers, body: 'hello' });
    expect([answer.status, await answer.text()]).toEqual([201, `from ${service}`]);
    expect(answer.headers.get('x-host')).toBe(url.host);
    expect(arrived).toEqual([`${service} POST ${path} hello`]);
    expect(calls).toEqual([call]);
  });

  it('leaves the rest of the environment as it is', async () => {
    const { tap } = await tapAt();
    expect(tap.env).toMatchObject({ LOG_LEVEL: 'info' });
    expect(tap.env['QUEUE_URL']).toMatch(/\/000000000000\/parley\.fifo$/);
  });

  it.each([
    ['before', []],
    ['after', ['twilio POST /Messages hello']],
  ] as const)('lets the caller die %s the effect, without an answer', async (when, effects) => {
    const { tap, kills } = await tapAt(when);
    const asking = fetch(`${tap.env['TWILIO_API_URL']}/Messages`, { method: 'POST', body: 'hello' });
    await expect(asking).rejects.toThrow();
    expect(arrived).toEqual(effects);
    expect(kills()).toBe(1);
  });

  it('lets what was on its way take effect when the caller is long dead', async () => {
    const { tap, kills, late } = await tapAt('late');
    const asking = fetch(`${tap.env['TWILIO_API_URL']}/Messages`, { method: 'POST', body: 'hello' });
    await expect(asking).rejects.toThrow();
    expect([kills(), arrived]).toEqual([1, []]);
    await late[0]?.();
    expect(arrived).toEqual(['twilio POST /Messages hello']);
  });
});

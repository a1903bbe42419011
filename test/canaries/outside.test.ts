import { createServer as createHttpServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createQueue } from '../../lib/aws/queue.ts';
import { readApiKey, readAuthTokens } from '../../lib/aws/secrets.ts';
import { createStore } from '../../lib/aws/store.ts';
import { type FunctionName, readConfig } from '../../lib/config.ts';
import { createLog } from '../../lib/log.ts';
import { SETTINGS } from '../../lib/settings.ts';
import { createHttpClient } from '../../lib/twilio/http-client.ts';
import { createMessages } from '../../lib/twilio/messages.ts';
import { createTwilioApi } from '../../lib/twilio/request.ts';
import { type LoopbackServer, listen } from '../../local/lambda/listen.ts';
import { startSecretsManager } from '../../local/lambda/secrets-manager.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import { createOutputs, type Outputs } from './outputs.ts';
import { madeErrors } from './record-errors.ts';

vi.mock('../../lib/errors.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../lib/errors.ts')>();
  const { recordErrors } = await import('./record-errors.ts');
  return { BotError: recordErrors(original.BotError) };
});

let canaries: Canaries;
let outputs: Outputs;
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  canaries = createCanaries();
  outputs = createOutputs();
  madeErrors.length = 0;
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const log = createLog({ level: 'debug', now: () => 0, write: (line) => outputs.add('log', line) });

async function failsSilently(act: () => Promise<unknown>): Promise<void> {
  const error = await act().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  outputs.add('error', error);
}

function expectSilence(): void {
  for (const error of madeErrors) outputs.add('error', error);
  expect(outputs.leaks(canaries)).toEqual([]);
}

function awsClient({ origin }: Pick<LoopbackServer, 'origin'>) {
  const secretAccessKey = canaries.plant('secret access key');
  return {
    endpoint: origin,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey },
    maxAttempts: 1,
  };
}

describe('what AWS answers', () => {
  it.each<[what: string, status: number, body: (said: string) => string]>([
    [
      'an error that quotes the request',
      400,
      (said) => JSON.stringify({ __type: 'com.amazonaws#ValidationException', message: said, Item: said }),
    ],
    [
      'an error of the service',
      500,
      (said) => JSON.stringify({ __type: 'InternalServerError', Message: said }),
    ],
    ['a page', 502, (said) => `<html>${said}</html>`],
    ['half an answer', 200, (said) => `{"Item": {"data": "${said}`],
    ['something else', 200, (said) => JSON.stringify([said])],
  ])('%s is in no error and no log of a function', async (_, status, body) => {
    const server = createHttpServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(body(canaries.plant('answer of AWS')));
    });
    const listening = await listen(server);
    closing.push(listening.close);
    const client = awsClient(listening);
    const clock = manualClock();
    const queue = createQueue({ url: `${listening.origin}/000000000000/q.fifo`, client });
    const store = createStore({ tableName: 'parley', clock, client });
    const item = { version: 1, expiresAt: 4e9, value: { plan: canaries.plant('stored plan') } };
    const key = { pk: 'CH1', sk: 'IM1' };
    const calls: (() => Promise<unknown>)[] = [
      () => queue.send({ groupId: 'CH1', deduplicationId: 'IM1', body: canaries.plant('queue message') }),
      () => queue.postpone(canaries.plant('receipt handle'), 5),
      () => store.get(key),
      () => store.getAll([key]),
      () => store.put(key, item, undefined),
      () => store.list('CH1', 10),
      () => store.remove(key, 1),
      () => readAuthTokens('parley/token', { clock, log, client }).get(),
      () => readApiKey('parley/key', { clock, log, client }).get(),
    ];
    for (const call of calls) {
      const error = await call().catch((thrown: unknown) => thrown);
      outputs.add('error', error);
    }
    expect(madeErrors.length).toBeGreaterThan(0);
    expectSilence();
  });

  it('a secret that holds something else is in no error and no log', async () => {
    const server = await startSecretsManager();
    closing.push(server.close);
    const client = awsClient(server);
    const clock = manualClock();
    const held: readonly ((secret: string) => string)[] = [
      (secret) => secret,
      (secret) => `\ufeff${secret}\n`,
      (secret) => JSON.stringify({ authToken: secret, apiKeySid: secret, apiKeySecret: secret }),
      (secret) => JSON.stringify({ password: secret, [secret]: secret }),
      (secret) => JSON.stringify([secret]),
      (secret) => `{"authToken":"${secret}`,
      (secret) => `{'apiKeySecret': '${secret}'}`,
    ];
    for (const [i, hold] of held.entries()) {
      server.put(`secret-${i}`, hold(canaries.plant('contents of a secret')));
      for (const read of [readAuthTokens, readApiKey]) {
        await failsSilently(() => read(`secret-${i}`, { clock, log, client }).get());
      }
    }
    expectSilence();
  });
});

describe('what the network does to a request', () => {
  it.each<[what: string, act: (socket: Socket, said: string) => void]>([
    ['nonsense', (socket, said) => socket.end(`${said} is not HTTP\r\n\r\n`)],
    ['a malformed header', (socket, said) => socket.end(`HTTP/1.1 200 OK\r\n${said}\u0000: x\r\n\r\n`)],
    [
      'a body that is cut off',
      (socket, said) => socket.end(`HTTP/1.1 201 OK\r\ncontent-length: 999\r\n\r\n{"sid":"${said}`),
    ],
    [
      'a redirect',
      (socket, said) =>
        socket.end(`HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:1/${said}\r\ncontent-length: 0\r\n\r\n`),
    ],
    [
      'headers without end',
      (socket, said) => socket.write(`HTTP/1.1 200 OK\r\n${`x-${said}: ${said}\r\n`.repeat(4_000)}`),
    ],
    ['a reset', (socket) => socket.resetAndDestroy()],
  ])('%s: no credential, no text and no answer is in the error', async (_, act) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => act(socket, canaries.plant('answer')));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const origin = `http://127.0.0.1:${port}`;
    const clock = manualClock();
    const connections = createHttpClient({ origin, clock });
    closing.push(connections.close, () => new Promise((resolve) => server.close(() => resolve())));
    const key = { sid: `SK${'3'.repeat(32)}`, secret: canaries.plant('API key secret') };
    const api = createTwilioApi({
      origin,
      http: connections.send,
      apiKey: { get: async () => key, refresh: async () => key },
      clock,
      random: () => 0,
    });
    const address = { serviceSid: `IS${'2'.repeat(32)}`, conversationSid: `CH${'1'.repeat(32)}` };
    const Body = canaries.plant('reply');
    await failsSilently(() =>
      createMessages(api).create(address, { Body, Author: canaries.plant('author') }),
    );
    expectSilence();
  });

  it('what Twilio would refuse is named by its field', async () => {
    const api = {
      origin: 'https://conversations.twilio.com',
      request: () => Promise.reject(new Error('not sent')),
    };
    const { create, fetch } = createMessages(api);
    const address = { serviceSid: `IS${'2'.repeat(32)}`, conversationSid: `CH${'1'.repeat(32)}` };
    const long = canaries.plant('text').repeat(400);
    await failsSilently(() => create(address, { Body: long }));
    await failsSilently(() => create(address, { Attributes: { note: long } }));
    await failsSilently(() => create(address, { Author: long }));
    await failsSilently(() =>
      create(address, { ContentSid: `HX${'5'.repeat(32)}`, ContentVariables: { 1: long } }),
    );
    await failsSilently(() => fetch(address, `IM${'0'.repeat(32)}`));
    expectSilence();
  });
});

describe('a configuration', () => {
  const FUNCTIONS: readonly FunctionName[] = ['receive', 'reply', 'reconcile'];
  const sid = (prefix: string) => `${prefix}${'1'.repeat(32)}`;
  const GOOD: Readonly<Record<string, string>> = {
    TWILIO_ACCOUNT_SID: sid('AC'),
    TWILIO_CHAT_SERVICE_SID: sid('IS'),
    PUBLIC_URL: 'https://bot.example.com/webhook',
    TWILIO_AUTH_TOKEN_SECRET_ID: 'parley/token',
    TWILIO_API_KEY_SECRET_ID: 'parley/key',
    QUEUE_URL: 'https://sqs.example.com/parley.fifo',
    TABLE_NAME: 'parley',
  };

  // Swapped variables, a URL with its password: what is wrong in a configuration is often a credential elsewhere.
  it.each<[what: string, put: () => string]>([
    ['an auth token', () => canaries.plantValue('auth token', 'fa1ce5ecf2e70c2ea7a6b1d05eed9f3c')],
    ['an API key secret', () => canaries.plantValue('API key secret', 'Zk4naRiSecretKey9wQx27LmPtVbHsYd')],
    ['a URL with a password', () => `https://bot:${canaries.plant('password')}@bot.example.com/`],
    [
      'a secret in JSON',
      () => JSON.stringify({ apiKeySid: sid('SK'), apiKeySecret: canaries.plant('API key secret') }),
    ],
  ])('with %s in the wrong place does not show it', (_, put) => {
    const secret = put();
    let errors = 0;
    for (const name of Object.keys(SETTINGS)) {
      for (const lambda of [{}, { AWS_LAMBDA_FUNCTION_NAME: 'parley' }]) {
        for (const each of FUNCTIONS) {
          try {
            readConfig(each, { ...GOOD, ...lambda, [name]: secret });
          } catch (error) {
            errors += 1;
            outputs.add('error', error);
          }
        }
      }
    }
    expect(errors).toBeGreaterThan(10);
    expectSilence();
  });
});

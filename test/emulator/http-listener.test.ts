import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverOverHttp } from '../../emulator/http-deliver.ts';
import { type Listening, listen } from '../../emulator/http-listener.ts';
import { ACCOUNT_SID, AUTH_TOKEN, type TestService } from './start-service.ts';
import { startListening } from './twilio-client.ts';

const AUTHORIZATION = `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`;

describe('the listener', () => {
  let service: TestService;
  let listening: Listening;

  beforeEach(async () => {
    ({ service, listening } = await startListening());
  });
  afterEach(() => listening.close());

  interface Sent {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Uint8Array;
  }

  /** `fetch` would not let us choose Host and Origin. */
  const send = ({ method = 'GET', path = '/v1/Services', headers = {}, body }: Sent = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string; chunks: number }>(
      (resolve, reject) => {
        const outgoing = httpRequest(
          listening.url + path,
          { method, headers: { authorization: AUTHORIZATION, ...headers } },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
            incoming.on('error', reject);
            incoming.on('end', () =>
              resolve({
                status: incoming.statusCode ?? 0,
                headers: incoming.headers,
                body: Buffer.concat(chunks).toString(),
                chunks: chunks.length,
              }),
            );
          },
        );
        outgoing.on('error', reject);
        outgoing.end(body);
      },
    );

  /** Whatever a server says to bytes that are hardly HTTP, until the connection ends. */
  const sendRaw = (bytes: string | Uint8Array) =>
    new Promise<string>((resolve) => {
      const chunks: Buffer[] = [];
      const socket = connect(listening.port, '127.0.0.1', () => socket.end(bytes));
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('error', () => resolve('reset'));
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    });

  it('is there for this machine only', () => {
    expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(listening.server.address()).toMatchObject({ address: '127.0.0.1' });
  });

  it.each([
    ['its address', '127.0.0.1:PORT', 200],
    ['localhost', 'localhost:PORT', 200],
    ['LocalHost without a port', 'LocalHost', 200],
    ['a name that was made to point here', 'evil.example:PORT', 421],
    ['a name that only begins like ours', 'localhost.evil.example', 421],
    ['another address', '10.0.0.1:PORT', 421],
  ])('answers to %s (%s) with %i', async (_name, host, status) => {
    const answer = await send({ headers: { host: host.replace('PORT', String(listening.port)) } });
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each([
    ['another site', 'https://evil.example', 403],
    ['a page without an origin', 'null', 403],
    ['another port of this machine', 'http://127.0.0.1:1', 403],
  ])('refuses scripts of %s', async (_name, origin, status) => {
    expect((await send({ headers: { origin } })).status).toBe(status);
    expect((await send({ headers: { origin }, path: '/control/faults' })).status).toBe(status);
  });

  it('takes scripts of its own page', async () => {
    expect((await send({ headers: { origin: listening.url } })).status).toBe(200);
  });

  it('links to the host it was asked under', async () => {
    const { body } = await send({ headers: { host: `localhost:${listening.port}` } });
    expect(JSON.parse(body).meta.url).toMatch(
      new RegExp(`^http://localhost:${listening.port}/v1/Services\\?`),
    );
  });

  it('leaves everything else to the page, or has nothing there', async () => {
    expect((await send({ path: '/' })).status).toBe(404);
    const paged = await listen(service, { port: 0, other: (_request, response) => response.end('the page') });
    const answer = await fetch(`${paged.url}/v1x`);
    expect(await answer.text()).toBe('the page');
    expect((await fetch(`${paged.url}/v1/Services`)).status).toBe(401);
    await paged.close();
  });

  // A message for another product got an empty 405 from the page.
  it.each([
    [
      'POST',
      `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
      `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`,
    ],
    ['GET', '/v1/Rooms?PageSize=5', '/Rooms'],
    ['POST', '/v2/Services/VA1/Verifications', '/Services/VA1/Verifications'],
    ['GET', '/v3/PhoneNumbers/+15550100001', '/PhoneNumbers/+15550100001'],
  ])('answers %s %s, of a product that is not here, as Twilio does', async (method, path, named) => {
    const { status, headers, body } = await send({ method, path });
    expect([status, headers['content-type']]).toEqual([404, 'application/json;charset=utf-8']);
    expect(JSON.parse(body)).toEqual({
      code: 20404,
      message: `The requested resource ${named} was not found`,
      more_info: 'https://www.twilio.com/docs/errors/20404',
      status: 404,
    });
    expect((await send({ method, path, headers: { authorization: '' } })).status).toBe(401);
  });

  it('answers a method that a path has not as Twilio does', async () => {
    const { status, body } = await send({ method: 'DELETE', path: '/v1/Services' });
    expect([status, JSON.parse(body)]).toEqual([
      405,
      {
        code: 20004,
        message: 'Method not allowed',
        more_info: 'https://www.twilio.com/docs/errors/20004',
        status: 405,
      },
    ]);
  });

  it('asks for no credentials where there is nothing', async () => {
    for (const path of ['/', '/control', '/control/nothing', '/favicon.ico']) {
      const { status, body } = await send({ path, headers: { authorization: '' } });
      expect([path, status, JSON.parse(body).code]).toEqual([path, 404, 20404]);
    }
  });

  it('refuses large bodies, and takes larger ones for media', async () => {
    const path = `/v1/Services/${service.serviceSid}`;
    const large = 'x'.repeat(256 * 1024 + 1);
    const refused = await send({ method: 'POST', path: '/v1/Conversations', body: large }).catch(() => ({
      status: 413,
    }));
    expect(refused.status).toBe(413);
    const headers = { 'content-type': 'image/png' };
    expect((await send({ method: 'POST', path: `${path}/Media`, headers, body: large })).status).toBe(201);
  });

  it('acts out a reset', async () => {
    service.faults.arm({ kind: 'reset', when: 'after' });
    await expect(send({ method: 'POST', path: '/v1/Conversations' })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    expect(JSON.parse((await send({ path: '/v1/Conversations' })).body).conversations).toHaveLength(1);
  });

  it('acts out a hang: the client gives up', async () => {
    service.faults.arm({ kind: 'timeout', commit: 'at-once' });
    const client = new AbortController();
    const hung = fetch(`${listening.url}/v1/Conversations`, {
      method: 'POST',
      headers: { authorization: AUTHORIZATION },
      signal: client.signal,
    });
    // By the clock it might give up before it has even asked.
    service.subscribe(({ kind }) => kind === 'request' && client.abort());
    await expect(hung).rejects.toThrow();
    expect(JSON.parse((await send({ path: '/v1/Conversations' })).body).conversations).toHaveLength(1);
  });

  it('acts out a drip, byte by byte', async () => {
    service.faults.arm({ kind: 'drip', bytesPerSecond: 5000 });
    const { body, chunks } = await send();
    expect(JSON.parse(body).services).toHaveLength(1);
    expect(chunks).toBeGreaterThan(20);
  });

  it('gives media away under its temporary link only', async () => {
    const path = `/v1/Services/${service.serviceSid}/Media`;
    const { body } = await send({
      method: 'POST',
      path,
      headers: { 'content-type': 'image/svg+xml' },
      body: '<svg/>',
    });
    const { links, sid } = JSON.parse(body);
    const picture = await fetch(links.content_direct_temporary);
    expect(await picture.text()).toBe('<svg/>');
    expect(picture.headers.get('content-type')).toBe('image/svg+xml');
    expect(picture.headers.get('content-security-policy')).toBe('sandbox');
    expect((await fetch(links.content)).status).toBe(401);
    expect((await fetch(`${links.content}/${sid}`)).status).toBe(401);
  });

  it.each([
    ['nothing', ''],
    ['no HTTP', 'hello\r\n\r\n'],
    ['bytes', new Uint8Array(1000).map((_, n) => (n * 37) % 256)],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['two hosts', 'GET /v1/Services HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`],
    [
      'a length that is none',
      'POST /v1/Conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n',
    ],
    [
      'length and chunks',
      'POST /v1/Conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
    ],
    [
      'a broken chunk',
      'POST /v1/Conversations HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
    [
      'half a body',
      'POST /v1/Conversations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nBody=x',
    ],
    [
      'an absolute target',
      'GET http://evil.example/v1/Services HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    ],
    [
      'a target of two slashes',
      'GET //evil.example/v1/Services HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    ],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    [
      'an upgrade',
      'GET /v1/Services HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    ],
  ])('survives %s', async (_name, bytes) => {
    expect(await sendRaw(bytes)).not.toMatch(/^HTTP\/1\.1 (2|5)/);
    expect((await send()).status).toBe(200);
  });

  it('says so when the port is taken', async () => {
    await expect(listen(service, { port: listening.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('webhooks over HTTP', () => {
  it('carry method, headers and form, and bring back the answer', async () => {
    const { service, listening } = await startListening();
    const seen: string[] = [];
    const bot = await listen(service, {
      port: 0,
      other: (request, response) => {
        request.setEncoding('utf8');
        request.on('data', (chunk: string) =>
          seen.push(`${request.method} ${request.headers['x-test']} ${chunk}`),
        );
        request.on('end', () => response.writeHead(418, { 'x-answer': 'tea' }).end('short and stout'));
      },
    });
    const answer = await deliverOverHttp({
      method: 'POST',
      url: `${bot.url}/hook`,
      headers: { 'x-test': 'yes' },
      body: 'a=b',
    });
    expect(answer).toMatchObject({ status: 418, body: 'short and stout', headers: { 'x-answer': 'tea' } });
    expect(seen).toEqual(['POST yes a=b']);
    const get = await deliverOverHttp({ method: 'GET', url: `${bot.url}/hook?a=b`, headers: {}, body: '' });
    expect(get.status).toBe(418);
    await bot.close();
    await expect(deliverOverHttp({ method: 'GET', url: bot.url, headers: {}, body: '' })).rejects.toThrow();
    await listening.close();
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../lib/clock.ts';
import { createOutside, parseAnswer } from '../../lib/handlers/outside.ts';
import { openOutside } from '../../lib/handlers/start-handlers.ts';
import type { HttpRequest, HttpResponse } from '../../lib/ports.ts';

/** Every request, and the answers that are given in turn. */
function outsideWith(...answers: readonly (Partial<HttpResponse> & { location?: string })[]) {
  const requests: (HttpRequest & { origin: string })[] = [];
  const outside = createOutside({
    ownMachine: false,
    connect: (origin) => async (request) => {
      const { status = 200, body = '{}', location } = answers[requests.length] ?? {};
      requests.push({ ...request, origin });
      return { status, headers: location === undefined ? {} : { location }, body };
    },
  });
  return { requests, ask: (url: string, options = {}, ms = 5_000) => outside(url, options, () => ms) };
}

const SHOP = 'https://shop.example/orders/1?x=ä';

describe('a request of a handler', () => {
  it('is a GET, with the time that is left', async () => {
    const { ask, requests } = outsideWith({ body: '{"day":1}' });
    expect(await ask(SHOP, { headers: { Authorization: 'Bearer x' } }, 1_234)).toMatchObject({ status: 200 });
    expect(requests).toEqual([
      {
        origin: 'https://shop.example',
        method: 'GET',
        path: '/orders/1?x=%C3%A4',
        headers: { accept: '*/*', authorization: 'Bearer x' },
        timeoutMs: 1_234,
      },
    ]);
  });

  it('is a POST of JSON where it has a body, and of text where that is text', async () => {
    const { ask, requests } = outsideWith();
    await ask(SHOP, { body: { a: 1 } });
    await ask(SHOP, { body: 'a=1', method: 'PUT', headers: { 'Content-Type': 'text/plain' } });
    expect(requests.map(({ method, headers, body }) => [method, headers['content-type'], body])).toEqual([
      ['POST', 'application/json', '{"a":1}'],
      ['PUT', 'text/plain', 'a=1'],
    ]);
  });

  // A service was asked with `post`, of which it knew nothing.
  it.each(['get', 'Post', 'put', 'patch', 'DELETE'])(
    'takes the method %s, and sends it in capitals',
    async (method) => {
      const { ask, requests } = outsideWith();
      await ask(SHOP, { method });
      expect(requests).toMatchObject([{ method: method.toUpperCase() }]);
    },
  );

  it.each(['', 'HEAD', 'options', 'GET ', 'GET / HTTP/1.1\r\nHost: evil', 'ＧＥＴ', null, 1, ['GET'], {}])(
    'is not made with the method %j',
    async (method) => {
      const { ask, requests } = outsideWith();
      await expect(ask(SHOP, { method })).rejects.toMatchObject({
        code: 'method_invalid',
        message: 'This is not a method that can be sent. Expected GET, POST, PUT, PATCH or DELETE.',
      });
      expect(requests).toEqual([]);
    },
  );

  it.each<[what: string, body: unknown]>([
    ['a form', new URLSearchParams('a=1')],
    ['bytes', new Uint8Array(2)],
    ['a stream', Readable.from(['x'])],
    ['a map', new Map([['a', 1]])],
    ['a promise', Promise.resolve({})],
    ['a function', () => 1],
    ['nothing that JSON can say', { toJSON: () => undefined }],
  ])('does not take %s for JSON', async (_, body) => {
    const { ask, requests } = outsideWith();
    await expect(ask(SHOP, { body })).rejects.toMatchObject({ code: 'body_invalid' });
    expect(requests).toEqual([]);
  });

  it.each([
    ['another host', { Host: 'other.example' }],
    ['another length', { 'Content-Length': '1' }],
    ['a line of its own in a value', { 'x-a': 'b\r\nEvil: 1' }],
    ['a line of its own in a name', { 'x-a\r\nEvil': '1' }],
    ['a name of no letters', { '': '1' }],
    ['letters that HTTP does not know', { 'x-a': 'Größe 日本' }],
  ])('does not name %s in a header', async (_, headers) => {
    const { ask, requests } = outsideWith();
    await expect(ask(SHOP, { headers })).rejects.toMatchObject({ code: 'headers_invalid' });
    expect(requests).toEqual([]);
  });

  it.each(['shop.example/orders', 'ftp://shop.example', 'https://a:b@shop.example', 'javascript:1', ''])(
    'cannot be made to %j',
    async (url) => {
      await expect(outsideWith().ask(url)).rejects.toMatchObject({ code: 'url_invalid' });
    },
  );

  it('is not made to this machine, be it by a redirect', async () => {
    const { ask, requests } = outsideWith();
    await expect(ask('http://127.0.0.1:9001/')).rejects.toMatchObject({ code: 'url_refused' });
    expect(requests).toEqual([]);
  });

  it('follows a redirect of a GET to the same host, at most three', async () => {
    const moved = { status: 302, location: '/orders/2' };
    const { ask, requests } = outsideWith(moved, { ...moved, location: 'https://shop.example/orders/3' }, {});
    await ask(SHOP);
    expect(requests.map(({ path }) => path)).toEqual(['/orders/1?x=%C3%A4', '/orders/2', '/orders/3']);
    const round = outsideWith(moved, moved, moved, moved, moved);
    await expect(round.ask(SHOP)).rejects.toMatchObject({ code: 'redirected' });
    expect(round.requests).toHaveLength(4);
  });

  it.each([
    ['another host', 'https://other.example/', {}],
    ['another port', 'https://shop.example:8443/', {}],
    ['a connection without encryption', 'http://shop.example/', {}],
    ['nowhere', undefined, {}],
    ['what is not a URL', 'https://[', {}],
    ['the same host, of a POST', '/', { body: {} }],
  ])('follows none to %s', async (_, location, options) => {
    const { ask, requests } = outsideWith({ status: 307, ...(location === undefined ? {} : { location }) });
    await expect(ask(SHOP, options)).rejects.toMatchObject({ code: 'redirected' });
    expect(requests).toHaveLength(1);
  });

  it('is not made when the time is over', async () => {
    const { ask, requests } = outsideWith();
    await expect(ask(SHOP, {}, 0)).rejects.toMatchObject({ code: 'over' });
    expect(requests).toEqual([]);
  });

  it('keeps connections with few hosts', async () => {
    const opened: string[] = [];
    const outside = createOutside({
      ownMachine: true,
      connect: (origin) => {
        opened.push(origin);
        return async () => ({ status: 200, headers: {}, body: '' });
      },
    });
    const ask = (host: number) => outside(`http://h${host}.example/`, {}, () => 1);
    for (let host = 0; host < 9; host += 1) await ask(host);
    await ask(8);
    await ask(0);
    expect(opened).toHaveLength(10);
  });
});

describe('an answer', () => {
  const answer = (status: number, body: string) => parseAnswer({ status, body, headers: {} });

  it('is parsed from JSON, and nothing where there is none', () => {
    expect([answer(200, '{"a":1}'), answer(201, 'null'), answer(204, ''), answer(404, 'x')]).toEqual([
      { a: 1 },
      null,
      undefined,
      undefined,
    ]);
  });

  it('is an error otherwise, which says nothing of it', () => {
    expect(() => answer(500, 'secret words')).toThrow('The service answered with HTTP 500.');
    expect(() => answer(200, 'secret words')).toThrow(
      'The service answered something that is not JSON. Use "request" for other answers.',
    );
  });
});

describe('what is really asked', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(body: string): Promise<string> {
    const server = createServer((_, response) => response.end(body));
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it('is this machine too in the local world, and nowhere else, whatever its name is', async () => {
    const url = await serve('{"a":1}');
    const ask = (ownMachine: boolean, at: string) =>
      openOutside(systemClock, ownMachine)(at, {}, () => 5_000);
    expect(await ask(true, url)).toMatchObject({ status: 200, body: '{"a":1}' });
    await expect(ask(false, url)).rejects.toMatchObject({ code: 'url_refused' });
  });

  it('may answer with a megabyte, and no more', async () => {
    const open = openOutside(systemClock, true);
    expect((await open(await serve('x'.repeat(1024 * 1024)), {}, () => 5_000)).body).toHaveLength(
      1024 * 1024,
    );
    await expect(open(await serve('x'.repeat(1024 * 1024 + 1)), {}, () => 5_000)).rejects.toMatchObject({
      code: 'response_too_large',
    });
  });
});

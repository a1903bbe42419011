import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { SecretUnavailableError } from '../../lib/aws/secret-unavailable-error.ts';
import type { HttpClient } from '../../lib/ports.ts';
import { ConnectionError } from '../../lib/twilio/connection-error.ts';
import { createTwilioApi } from '../../lib/twilio/request.ts';
import { manualClock } from '../contract/manual-clock.ts';
import { API_KEY, apiFor } from './fixtures.ts';
import { json, raw, reset, scriptedServer, twilioError } from './scripted-server.ts';

const ok = json(200, { ok: true });
const expected = z.object({ ok: z.boolean() });
const GET = { method: 'GET', path: '/v1/x', expected } as const;
const POST = { ...GET, method: 'POST', form: { Body: 'order 12345' } } as const;
const ORIGIN = 'https://conversations.twilio.com';

/** An API whose HTTP client is a function, for what no server can show. */
function apiOver(http: HttpClient) {
  const clock = manualClock();
  const apiKey = { get: async () => API_KEY, refresh: async () => API_KEY };
  return { api: createTwilioApi({ origin: ORIGIN, http, apiKey, clock, random: () => 0.5 }), clock };
}

describe('a request', () => {
  it('is authorised with the API key, names itself and asks for JSON', async () => {
    const server = await scriptedServer(ok);
    await apiFor(server).api.request({ ...POST, headers: { 'x-twilio-webhook-enabled': 'false' } });
    const { headers } = server.seen[0] ?? {};
    expect(headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`${API_KEY.sid}:${API_KEY.secret}`).toString('base64')}`,
      'user-agent': expect.stringMatching(/^parley\/\d+\.\d+\.\d+$/),
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-webhook-enabled': 'false',
    });
  });

  it('form-encodes what a customer may read, byte for byte', async () => {
    const server = await scriptedServer(ok);
    const Body = "Grüße & 50% off = it's +1 👋🏽\n\u0000;,/?:@";
    await apiFor(server).api.request({ ...POST, form: { Body, Empty: '' } });
    expect(server.seen[0]?.form).toEqual({ Body, Empty: '' });
  });

  it('without a form has no body and no content type', async () => {
    const server = await scriptedServer(ok);
    await apiFor(server).api.request(GET);
    expect(server.seen[0]).toMatchObject({ body: '' });
    expect(server.seen[0]?.headers).not.toHaveProperty('content-type');
  });
});

describe('after a 429', () => {
  it('it is sent again, with growing waits and four tries at most', async () => {
    const server = await scriptedServer(twilioError(429, 20429));
    const { api, clock } = apiFor(server);
    await expect(api.request(POST)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(server.seen).toHaveLength(4);
    expect(clock.sleeps).toEqual([200, 400, 800]);
  });

  it('the wait is spread over the whole interval, from nothing on', async () => {
    const { api, clock } = apiOver(async () => ({ status: 429, headers: {}, body: '' }));
    await expect(api.request(POST)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(clock.sleeps).toEqual([100, 200, 400]);
  });

  it('Retry-After is honoured when it fits the time left', async () => {
    const server = await scriptedServer(twilioError(429, 20429, { 'retry-after': '3' }), ok);
    const { api, clock } = apiFor(server);
    expect(await api.request(POST)).toEqual({ ok: true });
    expect(clock.sleeps).toEqual([3_000]);
  });

  it('and Retry-After beyond the time left, it is thrown at once with the wait', async () => {
    const server = await scriptedServer(twilioError(429, 20429, { 'retry-after': '8' }));
    const { api, clock } = apiFor(server);
    await expect(api.request(POST)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 8_000 });
    expect(server.seen).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('no attempt begins that would have no time to end', async () => {
    const server = await scriptedServer(twilioError(429, 20429));
    const { api } = apiFor(server);
    await expect(api.request({ ...POST, timeoutMs: 1_000 })).rejects.toMatchObject({ code: 'rate_limited' });
    expect(server.seen).toHaveLength(2);
  });
});

describe('after a 401', () => {
  it('it is sent once more with fresh credentials', async () => {
    const server = await scriptedServer(twilioError(401, 20003), ok);
    const { api, refreshes } = apiFor(server);
    expect(await api.request(POST)).toEqual({ ok: true });
    expect(refreshes).toHaveLength(1);
    const [, secret] = Buffer.from(String(server.seen[1]?.headers.authorization).slice(6), 'base64')
      .toString()
      .split(':');
    expect(secret).toBe('rotated');
  });

  it('and another, it is thrown', async () => {
    const server = await scriptedServer(twilioError(401, 20003));
    const { api, refreshes, clock } = apiFor(server);
    await expect(api.request(GET)).rejects.toMatchObject({ code: 'unauthorized', outcomeKnown: true });
    expect(server.seen).toHaveLength(2);
    expect(refreshes).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });
});

describe('after a 401 that comes late', () => {
  it('it is thrown when fresh credentials leave no time to use them', async () => {
    let sent = 0;
    const { api, clock } = apiOver(async () => {
      sent += 1;
      clock.advance(7_600);
      return { status: 401, headers: {}, body: '' };
    });
    await expect(api.request(POST)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(sent).toBe(1);
  });
});

describe('a failure that leaves the outcome unknown', () => {
  it.each([
    ['500', twilioError(500, 20500)],
    ['503', raw(503, {})],
    ['a reset', reset],
    ['a redirect', raw(302, { location: '/' })],
    ['half a body', raw(200, { 'content-type': 'application/json' }, '{"ok"')],
  ])('is thrown at once for a POST: %s', async (_, step) => {
    const server = await scriptedServer(step, ok);
    const { api, clock } = apiFor(server);
    await expect(api.request(POST)).rejects.toMatchObject({ outcomeKnown: false });
    expect(server.seen).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  it.each([
    ['500', twilioError(500, 20500)],
    ['a reset', reset],
    ['half a body', raw(200, { 'content-type': 'application/json' }, '{"ok"')],
  ])('is no reason not to read again: %s', async (_, step) => {
    const server = await scriptedServer(step, ok);
    expect(await apiFor(server).api.request(GET)).toEqual({ ok: true });
    expect(server.seen).toHaveLength(2);
  });

  it('is thrown at once for a DELETE', async () => {
    const server = await scriptedServer(reset);
    await expect(
      apiFor(server).api.request({ method: 'DELETE', path: '/v1/x', expected: undefined }),
    ).rejects.toMatchObject({ outcomeKnown: false });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a failure before anything was sent', () => {
  it('is tried again, for a POST too', async () => {
    let tries = 0;
    const { api } = apiOver(async () => {
      tries += 1;
      if (tries < 4) throw new ConnectionError('dns_failed', ORIGIN, false);
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' };
    });
    expect(await api.request(POST)).toEqual({ ok: true });
    expect(tries).toBe(4);
  });
});

describe('a refusal', () => {
  it('is thrown at once', async () => {
    const server = await scriptedServer(twilioError(400, 50504));
    await expect(apiFor(server).api.request(GET)).rejects.toMatchObject({ twilioCode: 50504 });
    expect(server.seen).toHaveLength(1);
  });

  it('for a conflicting change is tried again', async () => {
    const server = await scriptedServer(twilioError(409, 50514), ok);
    expect(await apiFor(server).api.request(POST)).toEqual({ ok: true });
  });
});

describe('the time for a request', () => {
  it('is what is left of eight seconds for each attempt', async () => {
    const timeouts: number[] = [];
    const { api, clock } = apiOver(async ({ timeoutMs }) => {
      timeouts.push(timeoutMs);
      clock.advance(1_000);
      return { status: 429, headers: {}, body: '' };
    });
    await expect(api.request(POST)).rejects.toThrow();
    expect(timeouts).toEqual([8_000, 6_900, 5_700, 4_300]);
  });

  it('is the one asked for', async () => {
    const timeouts: number[] = [];
    const { api } = apiOver(async ({ timeoutMs }) => {
      timeouts.push(timeoutMs);
      return { status: 500, headers: {}, body: '' };
    });
    await expect(api.request({ ...POST, timeoutMs: 300 })).rejects.toThrow();
    expect(timeouts).toEqual([300]);
  });

  it('may be half a second for a last attempt, and not less', async () => {
    const attempts = async (status: number, after: number) => {
      let count = 0;
      const { api, clock } = apiOver(async () => {
        count += 1;
        clock.advance(after);
        return { status, headers: {}, body: '' };
      });
      await expect(api.request({ ...POST, timeoutMs: 1_600 })).rejects.toThrow();
      return count;
    };
    expect(await attempts(429, 1_000)).toBe(2);
    expect(await attempts(429, 1_001)).toBe(1);
    expect(await attempts(401, 1_100)).toBe(2);
    expect(await attempts(401, 1_101)).toBe(1);
  });

  it('may be over before it begins; then nothing is sent', async () => {
    const clock = manualClock();
    let sent = 0;
    const api = createTwilioApi({
      origin: ORIGIN,
      clock,
      random: () => 0,
      http: async () => {
        sent += 1;
        return { status: 500, headers: {}, body: '' };
      },
      apiKey: {
        get: async () => {
          clock.advance(8_000);
          return API_KEY;
        },
        refresh: async () => API_KEY,
      },
    });
    await expect(api.request(POST)).rejects.toMatchObject({ code: 'timed_out', outcomeKnown: true });
    expect(sent).toBe(0);
  });
});

it('a secret that cannot be read is not asked for again and again', async () => {
  let asked = 0;
  const unavailable = new SecretUnavailableError('key', new Error('down'));
  const api = createTwilioApi({
    origin: ORIGIN,
    clock: manualClock(),
    random: () => 0,
    http: async () => ({ status: 500, headers: {}, body: '' }),
    apiKey: {
      get: async () => {
        asked += 1;
        throw unavailable;
      },
      refresh: async () => API_KEY,
    },
  });
  await expect(api.request(GET)).rejects.toBe(unavailable);
  expect(asked).toBe(1);
});

it('a mistake of ours is not taken for a failure of Twilio', async () => {
  const { api } = apiOver(async () => {
    throw new TypeError('ours');
  });
  await expect(api.request(GET)).rejects.toBeInstanceOf(TypeError);
});

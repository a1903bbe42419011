import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { HttpResponse } from '../../lib/ports.ts';
import { classifyResponse } from '../../lib/twilio/classify-response.ts';
import { TwilioError, UnreadableResponseError } from '../../lib/twilio/twilio-errors.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const JSON_TYPE = { 'content-type': 'application/json' };
const resource = z.object({ sid: z.string() });

const answer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = JSON_TYPE,
): HttpResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const failure = (response: HttpResponse, expected: z.ZodMiniType | 'nothing' = resource): TwilioError => {
  try {
    classifyResponse(response, expected === 'nothing' ? undefined : expected, NOW);
  } catch (error) {
    if (error instanceof TwilioError) return error;
    throw error;
  }
  throw new Error('it was taken for a success');
};
const says = (code: number) => ({
  code,
  message: 'CANARY a customer wrote this',
  more_info: `https://www.twilio.com/docs/errors/${code}`,
});

describe('a success', () => {
  it.each([200, 201, 202])('with HTTP %i and the resource is the resource', (status) => {
    expect(classifyResponse(answer(status, { sid: 'IM1', more: true }), resource, NOW)).toEqual({
      sid: 'IM1',
    });
  });

  it('without a body is HTTP 204', () => {
    expect(classifyResponse(answer(204, '', {}), undefined, NOW)).toBeUndefined();
  });

  it.each([
    ['half a body', answer(201, '{"sid":"IM')],
    ['an empty body', answer(201, '')],
    ['a page of HTML', answer(200, '<html>', { 'content-type': 'text/html' })],
    ['JSON that says it is text', answer(201, { sid: 'IM1' }, { 'content-type': 'text/plain' })],
    ['JSON without a content type', answer(201, { sid: 'IM1' }, {})],
    ['no sid', answer(201, { index: 0 })],
    ['a list', answer(201, [{ sid: 'IM1' }])],
    ['null', answer(201, 'null')],
    ['HTTP 204 where a resource is due', answer(204, '')],
  ])('with %s proves nothing: the outcome is unknown', (_, response) => {
    expect(failure(response)).toBeInstanceOf(UnreadableResponseError);
    expect(failure(response)).toMatchObject({
      code: 'unreadable_response',
      retryable: true,
      outcomeKnown: false,
    });
  });

  it.each([
    ['it is not JSON', answer(201, '{"sid":"IM'), resource],
    ['it is not JSON', answer(201, '{"sid":"IM1"}', { 'content-type': 'x-application/json' }), resource],
    ['expected HTTP 204', answer(200, {}), 'nothing' as const],
    ['it is not the resource asked for: sid', answer(201, {}), resource],
    ['it is not the resource asked for: the whole', answer(201, '3'), resource],
    [
      'it is not the resource asked for: messages.0.sid, meta',
      answer(200, { messages: [{}] }),
      z.object({ messages: z.array(resource), meta: z.object({}) }),
    ],
    ['it is not from Twilio', answer(302, '', {}), resource],
  ])('that cannot be read says why: %s', (why, response, expected) => {
    const headers = { ...response.headers, 'twilio-request-id': 'RQ1' };
    expect(failure({ ...response, headers }, expected).message).toBe(
      `The answer cannot be read: ${why} (HTTP ${response.status}, request RQ1).`,
    );
  });

  it('with HTTP 200 where nothing is due proves nothing either', () => {
    expect(() => classifyResponse(answer(200, {}), undefined, NOW)).toThrow(UnreadableResponseError);
  });
});

describe('a failure', () => {
  it.each([
    // status, Twilio's code, ours, retryable, outcome known
    [400, 20001, 'rejected', false, true],
    [400, 50504, 'rejected', false, true],
    [400, 50377, 'rejected', false, true],
    [401, 20003, 'unauthorized', true, true],
    [403, 20403, 'rejected', false, true],
    [404, 20404, 'not_found', false, true],
    [404, 50350, 'not_found', false, true],
    [409, 50353, 'rejected', false, true],
    [409, 50514, 'rejected', true, true],
    [400, 50386, 'rejected', true, true],
    [400, 50391, 'rejected', true, true],
    [400, 50449, 'rejected', true, true],
    [429, 20429, 'rate_limited', true, true],
    [429, 50063, 'rate_limited', true, true],
    // Which status Twilio gives these it does not say.
    [400, 50063, 'rate_limited', true, true],
    [403, 50074, 'rate_limited', true, true],
    [400, 20429, 'rate_limited', true, true],
    [425, 20001, 'rejected', true, true],
    [408, 20001, 'server_failure', true, false],
    [500, 20500, 'server_failure', true, false],
    [502, 20500, 'server_failure', true, false],
    [503, 20503, 'server_failure', true, false],
    [504, 20504, 'server_failure', true, false],
  ])(
    'HTTP %i with Twilio error %i is %s, retryable %s, outcome known %s',
    (status, twilio, code, ...rest) => {
      const [retryable, outcomeKnown] = rest;
      expect(failure(answer(status, says(twilio)))).toMatchObject({
        code,
        retryable,
        outcomeKnown,
        status,
        twilioCode: twilio,
        moreInfo: `https://www.twilio.com/docs/errors/${twilio}`,
        twilioMessage: 'CANARY a customer wrote this',
      });
    },
  );

  it.each([
    [103, '{"sid":"IM1"}', JSON_TYPE],
    [300, '{"sid":"IM1"}', JSON_TYPE],
    [301, '', {}],
    [308, JSON.stringify({ code: 20001, message: 'moved' }), JSON_TYPE],
    [307, '', { location: 'https://elsewhere.example/' }],
    [400, '<html>Bad Request</html>', { 'content-type': 'text/html' }],
    [403, 'blocked', {}],
    [404, '', {}],
    [408, '', {}],
    [413, '{"message":"too large"}', JSON_TYPE],
  ])('HTTP %i that is not Twilio speaking leaves the outcome unknown', (status, body, headers) => {
    expect(failure(answer(status, body, headers))).toMatchObject({
      code: 'unreadable_response',
      outcomeKnown: false,
    });
  });

  it.each([
    [429, 'rate_limited'],
    [401, 'unauthorized'],
    [503, 'server_failure'],
  ])('HTTP %i counts whoever says it', (status, code) => {
    expect(failure(answer(status, '<html>', { 'content-type': 'text/html' }))).toMatchObject({ code });
  });

  it('in the form of RFC 9457 is understood too', () => {
    const body = {
      type: 'https://www.twilio.com/docs/api/errors/20404',
      title: 'Not found',
      status: 404,
      code: 20404,
    };
    const problem = { 'content-type': 'application/problem+json' };
    expect(failure(answer(404, body, problem))).toMatchObject({
      code: 'not_found',
      twilioCode: 20404,
      twilioMessage: 'Not found',
      moreInfo: 'https://www.twilio.com/docs/api/errors/20404',
    });
  });

  it('carries the wait that Twilio asks for', () => {
    const limited = (headers: Record<string, string>) =>
      failure(answer(429, says(20429), { ...JSON_TYPE, ...headers }));
    expect(limited({ 'retry-after': '3' })).toMatchObject({ retryAfterMs: 3_000 });
    expect(limited({ 'retry-after': 'Fri, 20 Nov 2026 12:00:09 GMT' })).toMatchObject({
      retryAfterMs: 9_000,
    });
    expect(limited({})).toMatchObject({ retryAfterMs: undefined });
  });

  it.each([
    [503, 20503, 7_000],
    [500, 20500, 7_000],
    [400, 50386, 7_000],
    [409, 50514, 7_000],
    [403, 50063, 7_000],
    [400, 50504, undefined],
  ])(
    'HTTP %i with Twilio error %i is waited for as long as Retry-After says, if at all',
    (status, code, ms) => {
      const headers = { ...JSON_TYPE, 'retry-after': '7' };
      expect(failure(answer(status, says(code), headers)).retryAfterMs).toBe(ms);
    },
  );

  it.each([
    [429, 'Twilio takes no more requests for now (HTTP 429).'],
    [401, 'Twilio refuses the API key; check the secret behind TWILIO_API_KEY_SECRET_ID (HTTP 401).'],
    [503, 'Twilio failed (HTTP 503).'],
  ])('with HTTP %i alone reads well', (status, message) => {
    expect(failure(answer(status, '', {})).message).toBe(message);
  });

  it('that nothing is there reads well', () => {
    expect(failure(answer(404, { code: 20404 })).message).toBe(
      'Twilio has no such resource (HTTP 404, Twilio error 20404).',
    );
  });

  it('names status, code, request and page, and none of the words in it', () => {
    const headers = { ...JSON_TYPE, 'twilio-request-id': `RQ${'0'.repeat(32)}` };
    const error = failure(answer(400, says(50504), headers));
    expect(error.message).toBe(
      `Twilio refuses the request (HTTP 400, Twilio error 50504, request RQ${'0'.repeat(32)}): ` +
        'see https://www.twilio.com/docs/errors/50504',
    );
    expect(error.requestId).toBe(`RQ${'0'.repeat(32)}`);
    for (const shown of [
      inspect(error, { depth: 9, showHidden: true }),
      JSON.stringify(error),
      String(error),
    ])
      expect(shown).not.toContain('CANARY');
  });

  it.each([
    [
      'more_info after something else',
      { ...says(1), more_info: 'CANARY https://www.twilio.com/docs/errors/1' },
      {},
    ],
    ['more_info', { ...says(1), more_info: 'https://evil.example/CANARY' }, {}],
    [
      'more_info with words',
      { ...says(1), more_info: 'https://www.twilio.com/docs/errors/1?q=CANARY words' },
      {},
    ],
    [
      'more_info that is too long',
      { ...says(1), more_info: `https://www.twilio.com/docs/${'CANARY'.repeat(20)}` },
      {},
    ],
    ['the request id', { code: 1 }, { 'twilio-request-id': 'CANARY words' }],
    ['a request id with words behind it', { code: 1 }, { 'twilio-request-id': 'RQ1 CANARY' }],
  ])('leaves out %s when it may hold anything', (_, body, headers) => {
    expect(failure(answer(400, body, { ...JSON_TYPE, ...headers })).message).toBe(
      'Twilio refuses the request (HTTP 400, Twilio error 1).',
    );
  });

  it('or success, nothing else: whatever comes back, no other error is thrown', () => {
    const anything = fc.record({
      status: fc.integer({ min: 100, max: 599 }),
      headers: fc.constantFrom<Record<string, string>>({}, JSON_TYPE, { 'content-type': 'text/html' }),
      body: fc.oneof(fc.string(), fc.json()),
    });
    fc.assert(
      fc.property(anything, (response) => {
        try {
          classifyResponse(response, resource, NOW);
          expect(Math.floor(response.status / 100)).toBe(2);
        } catch (error) {
          if (!(error instanceof TwilioError)) throw error;
          if (response.status >= 500 || response.status < 400) expect(error.outcomeKnown).toBe(false);
        }
      }),
    );
  });
});

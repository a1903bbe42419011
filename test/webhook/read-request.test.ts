import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRequest } from '../../lib/webhook/read-request.ts';
import { runs } from '../support/runs.ts';
import { DOORS, httpApi } from './requests.ts';

const FORM = 'application/x-www-form-urlencoded';
const headers = { 'Content-Type': FORM, 'X-Twilio-Signature': 'signature' };
const post = { body: 'Body=a+%26+%C3%A9', headers };
const LIMIT = 256 * 1024;

function accepted(event: unknown) {
  const read = readRequest(event);
  if ('status' in read) throw new Error(`rejected: ${read.reason}`);
  return { body: read.body.toString(), headers: Object.fromEntries(read.headers) };
}

describe('readRequest', () => {
  it.each(Object.entries(DOORS))('reads %s', (_, door) => {
    const { body, headers } = accepted(door(post));
    expect(body).toBe(post.body);
    expect(headers).toMatchObject({ 'content-type': FORM, 'x-twilio-signature': 'signature' });
  });

  it.each(['GET', 'PUT', 'OPTIONS', 'HEAD', 'post', ''])('answers 405 to %j at every door', (method) => {
    for (const door of Object.values(DOORS)) {
      expect(readRequest(door({ ...post, method }))).toEqual({ status: 405, reason: 'method' });
    }
  });

  it.each([undefined, null, 'POST', 7, [], {}, { Records: [] }, { requestContext: null }])(
    'answers 405 to %j, which is not a request at all',
    (event) => {
      expect(readRequest(event)).toEqual({ status: 405, reason: 'method' });
    },
  );

  it.each([
    FORM,
    `${FORM}; charset=utf-8`,
    `${FORM};charset=UTF-8`,
    `${FORM}; charset="utf-8"`,
    FORM.toUpperCase(),
  ])('takes %s', (type) => {
    expect(accepted(httpApi({ ...post, headers: { 'Content-Type': type } })).body).toBe(post.body);
  });

  it.each([
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    '',
    `${FORM}x`,
    `x${FORM}`,
    `${FORM}; charset=iso-8859-1`,
    `${FORM}; charset=utf-8; charset=utf-7`,
    `${FORM}; charset=utf-8x`,
    `${FORM},${FORM}`,
    `${FORM}\n`,
  ])('answers 415 to the content type %j', (type) => {
    const event = httpApi({ ...post, headers: { 'content-type': type } });
    expect(readRequest(event)).toEqual({ status: 415, reason: 'content_type' });
  });

  it('answers 415 without a content type', () => {
    for (const headers of [{}, null, undefined, 'x', { 'content-type': null }, { 'content-type': 7 }]) {
      expect(readRequest({ ...httpApi(post), headers })).toEqual({ status: 415, reason: 'content_type' });
    }
  });

  it('asks for the method, then the type, then the size, then base64', () => {
    const all = { ...httpApi({ ...post, headers: {}, method: 'GET' }), body: '*'.repeat(LIMIT * 2) };
    expect(readRequest(all)).toMatchObject({ status: 405 });
    expect(readRequest({ ...all, httpMethod: 'POST' })).toMatchObject({ status: 415 });
    expect(readRequest({ ...all, httpMethod: 'POST', headers })).toMatchObject({ status: 413 });
    expect(readRequest({ ...all, httpMethod: 'POST', headers, body: '*' })).toMatchObject({ status: 400 });
  });

  it.each([0, 1, LIMIT - 1, LIMIT])('takes a body of %i bytes, in either encoding', (size) => {
    const body = 'a'.repeat(size);
    for (const door of Object.values(DOORS)) expect(accepted(door({ ...post, body })).body).toBe(body);
  });

  it.each([LIMIT + 1, LIMIT + 3, 6_000_000])('answers 413 to %i bytes, in either encoding', (size) => {
    for (const door of Object.values(DOORS)) {
      const event = door({ ...post, body: 'a'.repeat(size) });
      expect(readRequest(event)).toEqual({ status: 413, reason: 'body_too_large' });
    }
  });

  it('counts bytes, not characters', () => {
    const event = { ...httpApi(post), isBase64Encoded: false };
    expect(readRequest({ ...event, body: 'é'.repeat(LIMIT / 2) })).not.toHaveProperty('status');
    expect(readRequest({ ...event, body: 'é'.repeat(LIMIT / 2 + 1) })).toMatchObject({ status: 413 });
  });

  it.each([
    ['no base64 at all', 'Body=hello'],
    ['a missing pad', 'QQ'],
    ['too much padding', 'QUI=='],
    ['a pad in the middle', 'QQ==QQ=='],
    ['bits beyond the last byte', 'QR=='],
    ['the URL-safe alphabet', '_-8='],
    ['white space', 'QUJD\nQUJD'],
    ['a character more', 'QUJDQ'],
  ])('answers 400 to %s where base64 was promised', (_, body) => {
    expect(readRequest({ ...httpApi(post), body })).toEqual({ status: 400, reason: 'body_not_base64' });
  });

  it.each([undefined, null, 7, {}])('reads the body %j as empty', (body) => {
    expect(accepted({ ...httpApi(post), body }).body).toBe('');
  });

  it('takes only true for base64, which is what AWS sends', () => {
    for (const isBase64Encoded of [false, undefined, null, 'true', 1]) {
      expect(accepted({ ...httpApi(post), body: 'QQ==', isBase64Encoded }).body).toBe('QQ==');
    }
  });

  it('joins the values of a header that came more than once, however it came', () => {
    const twice = [
      { headers: { ...headers, 'x-one': 'a', 'X-One': 'b' } },
      { headers, multiValueHeaders: { 'X-One': ['a', 'b'] } },
      { headers: { ...headers, 'x-one': 'b' }, multiValueHeaders: { 'X-One': ['a'], 'x-one': ['b'] } },
    ];
    for (const event of twice) {
      expect(accepted({ httpMethod: 'POST', body: '', ...event }).headers['x-one']).toBe('a,b');
    }
  });

  it('tolerates headers without a value, and of other types', () => {
    const odd = { ...headers, 'x-null': null, 'x-number': 7, 'x-object': {} };
    const read = accepted({
      ...httpApi(post),
      headers: odd,
      multiValueHeaders: { 'x-list': [null, 'a', 7] },
    });
    expect(Object.keys(read.headers).toSorted()).toEqual(['content-type', 'x-list', 'x-twilio-signature']);
    expect(read.headers['x-list']).toBe('a');
  });

  it('never throws, whatever it is handed', () => {
    fc.assert(
      fc.property(fc.anything(), (event) => void readRequest(event)),
      { numRuns: runs(500, 2_000) },
    );
    const request = fc.record({
      httpMethod: fc.constant('POST'),
      headers: fc.oneof(fc.anything(), fc.constant(headers)),
      multiValueHeaders: fc.anything(),
      body: fc.oneof(fc.anything(), fc.base64String()),
      isBase64Encoded: fc.anything(),
    });
    fc.assert(
      fc.property(request, (event) => void readRequest(event)),
      { numRuns: runs(500, 2_000) },
    );
  });
});

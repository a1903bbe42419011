import { describe, expect, it } from 'vitest';
import { ConnectionError, connectionError } from '../../lib/twilio/connection-error.ts';

const withCode = (code: string) => Object.assign(new Error('CANARY'), { code });

describe('the cause of a lost connection', () => {
  it.each([
    ['ENOTFOUND', 'dns_failed'],
    ['EAI_AGAIN', 'dns_failed'],
    ['EOWNMACHINE', 'address_refused'],
    ['ECONNREFUSED', 'connection_refused'],
    ['ETIMEDOUT', 'connect_timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
    ['CERT_HAS_EXPIRED', 'tls_failed'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls_failed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls_failed'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls_failed'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls_failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls_failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls_failed'],
    ['ENETUNREACH', 'connect_failed'],
    ['ECONNRESET', 'connect_failed'],
  ])('%s before anything was sent is %s, the outcome known', (code, name) => {
    expect(connectionError(withCode(code), 'http://x', false)).toMatchObject({
      code: name,
      outcomeKnown: true,
    });
  });

  it.each([
    ['ECONNRESET', 'connection_lost'],
    ['EPIPE', 'connection_lost'],
    ['ETIMEDOUT', 'connection_lost'],
    ['UND_ERR_SOCKET', 'connection_lost'],
    ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'response_too_large'],
    ['UND_ERR_HEADERS_OVERFLOW', 'response_malformed'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'response_malformed'],
    ['HPE_INVALID_CONSTANT', 'response_malformed'],
    ['NOT_HPE_', 'connection_lost'],
  ])('%s after bytes may have left is %s, the outcome unknown', (code, name) => {
    expect(connectionError(withCode(code), 'http://x', true)).toMatchObject({
      code: name,
      outcomeKnown: false,
    });
  });

  it('is found in the parts when several addresses were tried', () => {
    const both = new AggregateError([withCode('ECONNREFUSED'), withCode('ENETUNREACH')]);
    expect(connectionError(both, 'http://x', false)).toMatchObject({ code: 'connection_refused' });
  });

  it.each([
    [new Error('CANARY'), 'Error'],
    ['CANARY', 'unknown'],
    [new AggregateError([]), 'unknown'],
    [new DOMException('CANARY', 'TimeoutError'), 'TimeoutError'],
  ])('is named as far as it goes, without the original words: %#', (error, detail) => {
    const { message } = connectionError(error, 'http://x', true);
    expect(message).toBe(
      `No answer from http://x: connection_lost (${detail}). It may have acted all the same.`,
    );
  });

  it('is named after the HTTP parser, which gives no code', () => {
    const error = Object.assign(new Error('CANARY'), { name: 'HTTPParserError' });
    expect(connectionError(error, 'http://x', true)).toMatchObject({ code: 'response_malformed' });
  });

  it('may have passed at the next try', () => {
    for (const sent of [true, false])
      expect(connectionError(withCode('ECONNRESET'), 'http://x', sent).retryable).toBe(true);
  });

  it('says whether anything was sent', () => {
    expect(new ConnectionError('timed_out', 'http://x', false).message).toBe(
      'No answer from http://x: timed_out. Nothing was sent.',
    );
  });
});

import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSecret, parseApiKey, parseSigningKeys } from '../../lib/aws/parse-secret.ts';
import { SecretMalformedError } from '../../lib/aws/secret-malformed-error.ts';

const TOKEN = '0123456789abcdef0123456789ABCDEF';
const SID = `SK${'0123456789abcdef'.repeat(2)}`;

describe('the auth token in a secret', () => {
  it.each([
    ['bare', TOKEN],
    ['with a newline', `${TOKEN}\n`],
    ['with a byte order mark and spaces', `\uFEFF  ${TOKEN}\r\n`],
    ['as JSON', JSON.stringify({ authToken: TOKEN })],
    [
      'as JSON with other keys and a byte order mark',
      `\uFEFF${JSON.stringify({ note: 'x', authToken: TOKEN })}\n`,
    ],
  ])('is read %s', (_, text) => {
    expect(parseSigningKeys(text)).toEqual([TOKEN]);
  });

  it.each([
    ['nothing', ''],
    ['a token too short', TOKEN.slice(1)],
    ['a token too long', `${TOKEN}0`],
    ['another alphabet', 'g'.repeat(32)],
    ['two lines', `${TOKEN}\n${TOKEN}`],
    ['JSON under another key', JSON.stringify({ token: TOKEN })],
    ['a JSON string', JSON.stringify(TOKEN)],
    ['null', 'null'],
    ['half of JSON', '{"authToken":'],
  ])('is refused when the secret holds %s, without showing it', (_, text) => {
    expect(() => parseSigningKeys(text)).toThrow(SecretMalformedError);
    expect(() => parseSigningKeys(text)).toThrow(/store the bare token/);
  });
});

const SHARED = { key: 'webhooks_sharedkey_01', secret: 'CANARY-shared+/=' };
const OTHER = 'f'.repeat(32);

describe('the keys that sign webhooks, in one secret,', () => {
  it.each([
    ['several auth tokens', { authTokens: [TOKEN, OTHER] }, [TOKEN, OTHER]],
    ['a token in front of others', { authToken: TOKEN, authTokens: [OTHER] }, [TOKEN, OTHER]],
    ['a shared key alone', { sharedKeys: [SHARED] }, [SHARED]],
    ['both', { authTokens: [TOKEN], sharedKeys: [SHARED] }, [TOKEN, SHARED]],
    ['an empty list beside the other', { authTokens: [], sharedKeys: [SHARED] }, [SHARED]],
  ])('are %s', (_, value, expected) => {
    const read = parseSigningKeys(JSON.stringify(value));
    expect(read.map((key) => (typeof key === 'string' ? key : [key.key, key.secret]))).toEqual(
      expected.map((key) => (typeof key === 'string' ? key : [key.key, key.secret])),
    );
  });

  it.each([
    ['two empty lists', { authTokens: [], sharedKeys: [] }],
    ['one token too short', { authTokens: [TOKEN, TOKEN.slice(1)] }],
    ['a token where a list belongs', { authTokens: TOKEN }],
    ['a shared key without a name', { authTokens: [TOKEN], sharedKeys: [{ secret: 'x' }] }],
    ['a shared key without a secret', { sharedKeys: [{ key: SHARED.key }] }],
    ['a shared key with an empty secret', { sharedKeys: [{ key: SHARED.key, secret: '' }] }],
    ['a shared secret with a space in it', { sharedKeys: [{ key: SHARED.key, secret: 'a b' }] }],
    ['a name that a header cannot hold', { sharedKeys: [{ key: 'a,b', secret: 'x' }] }],
  ])('are refused when it holds %s, and told what to store', (_, value) => {
    expect(() => parseSigningKeys(JSON.stringify(value))).toThrow(SecretMalformedError);
    expect(() => parseSigningKeys(JSON.stringify(value))).toThrow(
      /"sharedKeys":\[\{"key":"webhooks_sharedkey_…"/,
    );
  });

  it('do not show a shared secret when they are inspected, spread or made into JSON', () => {
    const [key] = parseSigningKeys(JSON.stringify({ sharedKeys: [SHARED] }));
    for (const shown of [inspect(key, { depth: 9 }), JSON.stringify({ key }), inspect({ ...Object(key) })]) {
      expect(shown).not.toContain('CANARY');
    }
  });
});

describe('the API key in a secret', () => {
  it('is read from JSON', () => {
    const { sid, secret } = parseApiKey(`\uFEFF{"apiKeySid":"${SID}","apiKeySecret":"s3cret+/="}\n`);
    expect([sid, secret]).toEqual([SID, 's3cret+/=']);
  });

  it.each([
    ['a SID too long', { apiKeySid: `${SID}0`, apiKeySecret: 'x' }],
    ['a SID in other text', { apiKeySid: `x${SID}`, apiKeySecret: 'x' }],
    ['another SID', { apiKeySid: `AC${SID.slice(2)}`, apiKeySecret: 'x' }],
    ['no secret', { apiKeySid: SID }],
    ['an empty secret', { apiKeySid: SID, apiKeySecret: '' }],
    ['a line break that would end the header', { apiKeySid: SID, apiKeySecret: 'a\r\nX-Evil: 1' }],
    ['a list', [SID, 'x']],
  ])('is refused with %s', (_, value) => {
    expect(() => parseApiKey(JSON.stringify(value))).toThrow(SecretMalformedError);
    expect(() => parseApiKey(JSON.stringify(value))).toThrow(/store \{"apiKeySid":/);
  });

  it('does not show its secret when it is inspected, spread or made into JSON', () => {
    const key = hideSecret(SID, 'CANARY-secret');
    for (const shown of [
      inspect(key, { depth: 9 }),
      JSON.stringify({ key }),
      inspect({ ...key }),
      String(key),
    ])
      expect(shown).not.toContain('CANARY');
  });
});

describe('an error about a secret', () => {
  it('never quotes it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (noise) => {
        for (const parse of [parseSigningKeys, parseApiKey])
          try {
            parse(`CANARY${noise}`);
          } catch (error) {
            expect(error).toMatchObject({ code: 'secret_malformed', retryable: true });
            expect(inspect(error)).not.toContain('CANARY');
          }
      }),
    );
  });
});

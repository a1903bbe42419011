import fc from 'fast-check';
import twilio from 'twilio';
import { getSignatureAlgorithm } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import type { FormParams } from '../../lib/event/form-params.ts';
import type { SharedKey } from '../../lib/ports.ts';
import { signatureSettings, signedText, signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { isSignature, signedUrls, verifySignature } from '../../lib/webhook/verify-signature.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { runs } from '../support/runs.ts';
import { TOKEN, toParams, URL_1 } from './requests.ts';
import file from './signature-vectors.json' with { type: 'json' };

const VECTOR_URL = 'https://example.com/hook';
const params = toParams({ EventType: 'onMessageAdded', Body: "it's ok", Author: '+15550100' });
const signature = signWebhook(TOKEN, URL_1, params);

function verify(changes: Partial<Parameters<typeof verifySignature>[0]> = {}) {
  const urls = signedUrls([URL_1]);
  return verifySignature({ signature, params, urls, authTokens: [TOKEN], ...changes });
}

describe("Twilio's own vectors", () => {
  const formVectors = file.vectors.filter((vector) => !('body' in vector));

  it('has some', () => expect(formVectors).toHaveLength(5));

  it.each(formVectors.map((vector) => [vector.name, vector] as const))('hold for %s', (_, vector) => {
    const params = toParams(vector.params as Record<string, string | string[]>);
    expect(signWebhook(file.authToken, vector.url, params)).toBe(vector.signature);
    const urls = signedUrls([vector.url]);
    expect(verify({ ...vector, params, urls, authTokens: [file.authToken] })).toBe(true);
  });

  it('do not let a signature over a JSON body vouch for a form', () => {
    const json = file.vectors.find((vector) => 'body' in vector);
    const signature = json?.signature ?? '';
    const check = (params: FormParams) =>
      verify({ signature, params, urls: signedUrls([VECTOR_URL]), authTokens: [file.authToken] });
    expect(check(new Map())).toBe(false);
    expect(check(toParams({ '{"a":1}': '' }))).toBe(false);
    expect(check(toParams({ bodySHA256: json?.url.split('=')[1] ?? '' }))).toBe(false);
  });
});

describe('verifySignature', () => {
  it('accepts what was signed', () => expect(verify()).toBe(true));

  it.each<[what: string, changes: Parameters<typeof verify>[0]]>([
    ['another token', { authTokens: ['another'] }],
    ['no token', { authTokens: [] }],
    ['another path', { urls: signedUrls([`${URL_1}/`]) }],
    ['another host', { urls: signedUrls(['https://evil.example.com/webhook']) }],
    ['http instead of https', { urls: signedUrls([URL_1.replace('https', 'http')]) }],
    ['no URL', { urls: [] }],
    ['another value', { params: new Map([...params, ['Body', ["it's OK"]]]) }],
    ['one parameter more', { params: new Map([...params, ['Extra', ['']]]) }],
    ['one parameter less', { params: new Map([...params].slice(1)) }],
    ['another case of a name', { params: toParams({ ...Object.fromEntries(params), body: '' }) }],
    [
      'white space trimmed',
      { signature: signWebhook(TOKEN, URL_1, toParams({ Body: 'hi ' })), params: toParams({ Body: 'hi' }) },
    ],
    [
      'an empty value dropped',
      { signature: signWebhook(TOKEN, URL_1, toParams({ Body: '' })), params: new Map() },
    ],
  ])('refuses %s', (_, changes) => {
    expect(verify(changes)).toBe(false);
  });

  it('tries every token and every URL', () => {
    const urls = signedUrls(['https://old.example.com/', URL_1, 'https://new.example.com/']);
    expect(verify({ urls, authTokens: ['previous', TOKEN, 'pending'] })).toBe(true);
    expect(verify({ urls, authTokens: [TOKEN, 'pending'] })).toBe(true);
    expect(verify({ urls, authTokens: ['previous', TOKEN] })).toBe(true);
    expect(verify({ urls, authTokens: ['previous', 'pending'] })).toBe(false);
  });

  it('never accepts the signature that anybody can make: with an empty token', () => {
    expect(verify({ signature: signWebhook('', URL_1, params), authTokens: [''] })).toBe(false);
    expect(verify({ authTokens: ['', TOKEN] })).toBe(true);
    expect(verify({ authTokens: [TOKEN, ''] })).toBe(true);
  });

  it('refuses any flipped bit', () => {
    for (let bit = 0; bit < 160; bit += 1) {
      const bytes = Buffer.from(signature, 'base64');
      const byte = bit >> 3;
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (bit & 7));
      expect(verify({ signature: bytes.toString('base64') })).toBe(false);
    }
  });

  it('takes a repeated parameter in any order and any number of times, as it is signed', () => {
    const repeated = (...values: string[]) => toParams({ 'MessagingBinding.Address': values });
    const signed = { signature: signWebhook(TOKEN, URL_1, repeated('+2', '+1')) };
    expect(verify({ ...signed, params: repeated('+1', '+2') })).toBe(true);
    expect(verify({ ...signed, params: repeated('+1', '+2', '+1') })).toBe(true);
    expect(verify({ ...signed, params: repeated('+1') })).toBe(false);
  });

  it('never throws', () => {
    const text = fc.string({ unit: 'binary' });
    const anything = fc.record({
      signature: fc.oneof(text, fc.constant(signature)),
      params: fc.array(fc.tuple(text, fc.array(text))).map((pairs) => new Map(pairs)),
      urls: fc.constantFrom([], [''], signedUrls([URL_1])),
      authTokens: fc.array(text),
    });
    fc.assert(
      fc.property(anything, (request) => verifySignature(request) === false),
      { numRuns: runs(500, 2_000) },
    );
  });
});

describe('isSignature', () => {
  it.each([
    undefined,
    '',
    ' ',
    `${signature} `,
    ` ${signature}`,
    `${signature}\n`,
    signature.slice(1),
    `A${signature}`,
    signature.replace('=', ''),
    signature.replace('=', 'A'),
    `${signature}=`,
    `${signature.slice(0, 10)}=${signature.slice(11)}`,
    `${signature.slice(0, 10)}-${signature.slice(11)}`,
    `${signature},${signature}`,
  ])('refuses %j before any secret is asked for', (header) => {
    expect(isSignature(header)).toBe(false);
  });

  it('takes 20 bytes of base64', () => {
    expect(isSignature(signature)).toBe(true);
    for (const last of 'AEIMQUYcgkosw048') {
      expect(isSignature(`+/azAZ09+/azAZ09+/azAZ09+/${last}=`)).toBe(true);
    }
  });

  it('takes them in one spelling only', () => {
    for (const last of 'BCDFGHJKLNOPRSTVWXZabdefhijlmnpqrtuvxyz1235679+/') {
      expect(isSignature(`+/azAZ09+/azAZ09+/azAZ09+/${last}=`)).toBe(false);
    }
  });
});

describe('a shared key', () => {
  const shared: SharedKey = { key: 'webhooks_sharedkey_01', secret: 'invented-shared-secret' };
  const other: SharedKey = { key: 'webhooks_sharedkey_02', secret: 'another-shared-secret' };
  const signed = { signature: signWebhook(shared, URL_1, params), settings: signatureSettings(shared) };

  it('signs with 32 bytes, and says so in a header of its own', () => {
    expect(signed.signature).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(signed.settings).toBe('key=webhooks_sharedkey_01,algorithm=HMAC_SHA256');
    expect(isSignature(signed.signature, signed.settings)).toBe(true);
  });

  it('is tried by its name, and every one when the webhook names none', () => {
    expect(verify({ ...signed, authTokens: [TOKEN, other, shared] })).toBe(true);
    expect(verify({ ...signed, authTokens: [{ ...shared, key: other.key }] })).toBe(false);
    expect(verify({ ...signed, settings: 'algorithm=HMAC_SHA256', authTokens: [other, shared] })).toBe(true);
    expect(verify({ ...signed, settings: 'key=,algorithm=HMAC_SHA256', authTokens: [other, shared] })).toBe(
      true,
    );
  });

  it.each([
    ['in another order', 'algorithm=HMAC_SHA256,key=webhooks_sharedkey_01'],
    ['in small letters', 'key=webhooks_sharedkey_01,algorithm=hmac_sha256'],
    ['with spaces', ' key = webhooks_sharedkey_01 , algorithm = HMAC_SHA256 '],
    ['beside what Twilio may add', 'key=webhooks_sharedkey_01,algorithm=HMAC_SHA256,version=2'],
  ])('is read from settings %s', (_, settings) => {
    expect(verify({ ...signed, settings, authTokens: [shared] })).toBe(true);
  });

  it('is never tried with the weaker algorithm, nor an auth token with the stronger one', () => {
    const weak = signWebhook(shared.secret, URL_1, params);
    for (const settings of [undefined, '', 'algorithm=HMAC_SHA1', `key=${shared.key},algorithm=HMAC_SHA1`]) {
      expect(verify({ signature: weak, settings, authTokens: [shared] })).toBe(false);
      expect(verify({ ...signed, settings, authTokens: [shared] })).toBe(false);
    }
    const strong = signWebhook({ key: 'x', secret: TOKEN }, URL_1, params);
    expect(verify({ signature: strong, settings: 'algorithm=HMAC_SHA256', authTokens: [TOKEN] })).toBe(false);
  });

  it('leaves an auth token as good as it was, settings or not', () => {
    expect(verify({ authTokens: [shared, TOKEN] })).toBe(true);
    expect(verify({ settings: 'algorithm=HMAC_SHA1', authTokens: [TOKEN] })).toBe(true);
  });

  it.each([
    'algorithm=HMAC_SHA512',
    'algorithm=HMAC_SHA=256',
    'algorithm=none',
    `${signed.settings},${signed.settings}`,
    `${signed.settings},algorithm=HMAC_SHA1`,
    'key=a,key=b,algorithm=HMAC_SHA256',
  ])('cannot be told from settings %j', (settings) => {
    expect(isSignature(signed.signature, settings)).toBe(false);
    expect(verify({ ...signed, settings, authTokens: [TOKEN, shared] })).toBe(false);
  });

  it('is not one when its secret is empty: anybody can sign with that', () => {
    const empty = { key: 'x', secret: '' };
    const forged = { signature: signWebhook(empty, URL_1, params), settings: signatureSettings(empty) };
    expect(verify({ ...forged, authTokens: [empty] })).toBe(false);
  });
});

describe('signedUrls', () => {
  it.each<[configured: string, tried: string[]]>([
    ['https://a.example/x?y=1', ['https://a.example:443/x?y=1', 'https://a.example/x?y=1']],
    [
      'http://a.example/?https://b.example/',
      ['http://a.example:80/?https://b.example/', 'http://a.example/?https://b.example/'],
    ],
    ['http://a.example/x', ['http://a.example:80/x', 'http://a.example/x']],
    ['https://a.example:8443/x', ['https://a.example:8443/x', 'https://a.example/x']],
    ['https://a.example:443/x', ['https://a.example:443/x', 'https://a.example/x']],
    ['https://a.example', ['https://a.example:443', 'https://a.example']],
    ['https://a.example?b', ['https://a.example:443?b', 'https://a.example?b']],
    ['https://u:p@a.example/x@y:1', ['https://a.example:443/x@y:1', 'https://a.example/x@y:1']],
    ['https://a.example/x#rc=2', ['https://a.example:443/x', 'https://a.example/x']],
    ['https://a.example#x', ['https://a.example:443', 'https://a.example']],
    ['https://[::1]:4000/x', ['https://[::1]:4000/x', 'https://[::1]/x']],
    ['http://[::1]/x', ['http://[::1]:80/x', 'http://[::1]/x']],
    ["HTTPS://A.example/it's/{x}?é", ["HTTPS://A.example:443/it's/{x}?é", "HTTPS://A.example/it's/{x}?é"]],
    ['ftp://a.example/', []],
    [' https://a.example/', []],
    ['/webhook', []],
    ['', []],
  ])('tries for %s: %j', (configured, tried) => {
    expect(signedUrls([configured])).toEqual(tried);
  });

  it('tries each string once', () => {
    expect(signedUrls([URL_1, URL_1])).toHaveLength(2);
    expect(signedUrls(['https://a.example:443/', 'https://a.example/'])).toHaveLength(2);
  });
});

describe('signedText', () => {
  it('is names and values sorted by name, capitals first, with nothing in between', () => {
    expect(signedText(toParams({ b: '1', B: '2', a: '', 'A.b': '3', A: '4' }))).toBe('A4A.b3B2ab1');
  });
});

/** Names and values as Twilio sends them, and worse; few names, so that they repeat. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', "it's", 'ok & 100%', '😀', ' trailing ', '+15550100', '{"a":1}', 'a\nb'),
);
const name = fc.oneof(
  fc.constantFrom('Body', 'Author', 'MessagingBinding.Address', 'body', '__proto', ''),
  text,
);
const url = fc
  .tuple(
    fc.constantFrom('https://', 'http://'),
    fc.constantFrom('bot.example.com', 'A.example', '[::1]', '127.0.0.1'),
    fc.constantFrom('', ':443', ':80', ':8443'),
    fc.constantFrom('/', '/webhook', "/it's", '/a%20b', '/webhook?x=1&y=%27', '/webhook?a=b c'),
  )
  .map((parts) => parts.join(''));
const request = fc.record({
  token: fc.string({ minLength: 1, maxLength: 40 }),
  url,
  params: fc
    .array(fc.tuple(name, fc.array(text, { minLength: 1, maxLength: 3 })), { maxLength: 8 })
    .map((pairs): FormParams => new Map(pairs)),
});

/** The twilio package wants plain objects, in which some names cannot be own properties. */
const forTwilio = (params: FormParams) =>
  Object.fromEntries([...params].map(([key, values]) => [key, [...values]]));
/** `npm run hostile` tries 100,000. */
const numRuns = Number(process.env['RUNS'] ?? 500);

describe('the twilio package', { timeout: Math.max(PATIENCE_MS, numRuns * 10) }, () => {
  it('accepts what we sign', () => {
    fc.assert(
      fc.property(request, ({ token, url, params }) => {
        const signature = signWebhook(token, url, params);
        expect(twilio.validateRequest(token, signature, url, forTwilio(params))).toBe(true);
      }),
      { numRuns },
    );
  });

  it('signs what we accept, for the URL as it was, without its port and with the default one', () => {
    fc.assert(
      fc.property(request, fc.nat(), ({ token, url, params }, pick) => {
        const spellings = signedUrls([url]);
        const signedUrl = spellings[pick % spellings.length] ?? url;
        const signature = twilio.getExpectedTwilioSignature(token, signedUrl, forTwilio(params));
        expect(verifySignature({ signature, params, urls: spellings, authTokens: [token] })).toBe(true);
        expect(twilio.validateRequest(token, signature, url, forTwilio(params))).toBe(true);
      }),
      { numRuns },
    );
  });

  it('accepts what we sign with a shared key, and we what it signs with one', () => {
    fc.assert(
      fc.property(request, fc.nat(), ({ token: secret, url, params }, pick) => {
        const shared = { key: 'webhooks_sharedkey_01', secret };
        const settings = signatureSettings(shared);
        const algorithm = getSignatureAlgorithm(settings);
        const ours = signWebhook(shared, url, params);
        expect(twilio.validateRequest(secret, ours, url, forTwilio(params), algorithm)).toBe(true);
        expect(twilio.validateRequest(secret, ours, url, forTwilio(params))).toBe(false);

        const urls = signedUrls([url]);
        const signedUrl = urls[pick % urls.length] ?? url;
        const theirs = twilio.getExpectedTwilioSignature(secret, signedUrl, forTwilio(params), algorithm);
        const asked = { signature: theirs, params, urls };
        expect(verifySignature({ ...asked, settings, authTokens: [shared] })).toBe(true);
        expect(verifySignature({ ...asked, authTokens: [shared, secret] })).toBe(false);
      }),
      { numRuns },
    );
  });

  it('refuses what we refuse: another token, another signature, one character more', () => {
    const change = fc.constantFrom('token', 'signature', 'value', 'url');
    fc.assert(
      fc.property(request, change, ({ token, url, params }, what) => {
        const changed = {
          token: what === 'token' ? `${token}x` : token,
          params: what === 'value' ? new Map([...params, ['Body', ['changed', 'x']]]) : params,
          url: what === 'url' ? `${url}x` : url,
          signature: what === 'signature' ? 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' : signWebhook(token, url, params),
        };
        const ours = verifySignature({
          ...changed,
          urls: signedUrls([changed.url]),
          authTokens: [changed.token],
        });
        expect(ours).toBe(false);
        expect(
          twilio.validateRequest(changed.token, changed.signature, changed.url, forTwilio(changed.params)),
        ).toBe(false);
      }),
      { numRuns },
    );
  });
});

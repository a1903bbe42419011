import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_SID, AUTH_TOKEN, EVENTS, PUBLIC_URL, SERVICE_SID } from '../../events/make.ts';
import { BotError } from '../../lib/errors.ts';
import { eventParams } from '../../lib/event/event-params.ts';
import { type ConversationEvent, EVENT_NAMES, PRE_EVENTS } from '../../lib/event/event-types.ts';
import type { FormParams } from '../../lib/event/form-params.ts';
import type { AuthTokens, Queue, QueueMessage, SigningKey } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { createReceive, type ReceiveOptions } from '../../lib/receive/receive.ts';
import type { Received } from '../../lib/receive/received.ts';
import { signatureSettings, signWebhook } from '../../lib/webhook/sign-webhook.ts';
import { silentLog } from '../support/silent-log.ts';
import { DOORS, httpApi, type Post, signedPost, TOKEN, URL_1 } from '../webhook/requests.ts';

const NOW = 1_795_167_000_500;
const OTHER_ACCOUNT = `AC${'9'.repeat(32)}`;
const OTHER_SERVICE = `IS${'9'.repeat(32)}`;

/** Everything `receive` is given, recording what it asks for. */
function setUp(options: Partial<ReceiveOptions> = {}) {
  const asked: string[] = [];
  const sent: QueueMessage[] = [];
  const log = silentLog();
  const authTokens: AuthTokens = {
    get: async () => {
      asked.push('get');
      return [TOKEN];
    },
    refresh: async () => {
      asked.push('refresh');
      return [TOKEN];
    },
  };
  const queue: Queue = { send: async (message) => void sent.push(message) };
  const receive = createReceive({
    accountSid: ACCOUNT_SID,
    serviceSids: [SERVICE_SID],
    publicUrls: [URL_1],
    authTokens,
    queue,
    wanted: new Set(EVENT_NAMES),
    log,
    clock: { now: () => NOW, sleep: async () => {} },
    ...options,
  });
  const counted = () => log.lines.filter((line) => !('message' in line));
  const logged = () => log.lines.filter((line) => 'message' in line);
  return { receive, asked, sent, counted, logged };
}

const sample = (name: string) => eventParams(EVENTS[name] as ConversationEvent);
const SMS = EVENTS['onMessageAdded.sms'] as ConversationEvent;
const sms = sample('onMessageAdded.sms');
const withParam = (params: FormParams, name: string, ...values: string[]) =>
  new Map([...params, [name, values]]);
const without = (params: FormParams, name: string) => new Map([...params].filter(([key]) => key !== name));
const post = (params: FormParams, signing = {}) => httpApi(signedPost(params, signing));
const accepted = { statusCode: 200, body: '' };

describe('a signed webhook', () => {
  it('goes on the queue, under its conversation and its own key', async () => {
    const { receive, sent, counted, logged } = setUp();
    expect(await receive(post(sms))).toEqual(accepted);
    expect(sent).toEqual([
      {
        groupId: sms.get('ConversationSid')?.[0],
        deduplicationId: `onMessageAdded|${sms.get('MessageSid')?.[0]}`,
        body: expect.any(String),
      },
    ]);
    expect(openEnvelope(sent[0]?.body ?? '')).toEqual({
      event: EVENTS['onMessageAdded.sms'],
      receivedAt: NOW,
      address: { serviceSid: SERVICE_SID, conversationSid: sms.get('ConversationSid')?.[0] },
      doubtful: false,
    });
    expect(counted()).toMatchObject([{ webhook_accepted: 1, reason: 'onMessageAdded' }]);
    expect(logged()).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'webhook',
        outcome: 'accepted',
        status: 200,
        reason: 'onMessageAdded',
        accountSid: ACCOUNT_SID,
        serviceSid: SERVICE_SID,
        conversationSid: sms.get('ConversationSid')?.[0],
        messageSid: sms.get('MessageSid')?.[0],
        eventType: 'onMessageAdded',
        ms: 0,
      },
    ]);
  });

  it.each<[string, Record<string, unknown>, object]>([
    ['taken in', post(sms), { outcome: 'accepted', status: 200, reason: 'onMessageAdded', event: SMS }],
    [
      'for another account',
      post(withParam(sms, 'AccountSid', OTHER_ACCOUNT)),
      {
        outcome: 'refused',
        status: 403,
        reason: 'foreign_account',
        event: { ...SMS, AccountSid: OTHER_ACCOUNT },
      },
    ],
    [
      'refused unread',
      post(sms, { token: 'another' }),
      { outcome: 'refused', status: 403, reason: 'signature', event: undefined },
    ],
    ['that is none', {}, { outcome: 'refused', status: 405, reason: 'method', event: undefined }],
  ])('%s is told to whoever watches, once, before it is answered', async (_, request, expected) => {
    const told: Received[] = [];
    const { receive } = setUp({ onReceived: (received) => told.push(received) });
    await receive(request);
    expect(told).toEqual([expect.objectContaining(expected)]);
  });

  it.each(Object.entries(DOORS))('is taken in from %s', async (_, door) => {
    const { receive, sent } = setUp();
    expect(await receive(door(signedPost(sms)))).toEqual(accepted);
    expect(sent).toHaveLength(1);
  });

  it.each(Object.entries(DOORS))('is refused from %s when one character is another', async (_, door) => {
    const { receive, sent } = setUp();
    const { body, headers } = signedPost(sms);
    expect(await receive(door({ headers, body: body.replace('12345', '12346') }))).toEqual({
      statusCode: 403,
      body: '',
    });
    expect(sent).toEqual([]);
  });

  it('is taken in whatever Host, path and forwarding headers say', async () => {
    const { receive } = setUp();
    const { body, headers } = signedPost(sms);
    const lies = {
      ...headers,
      Host: 'evil.example.com',
      'X-Forwarded-Proto': 'http',
      'X-Forwarded-Host': 'evil.example.com',
    };
    expect(
      await receive({ ...httpApi({ body, headers: lies }), rawPath: '/else', rawQueryString: 'a=b' }),
    ).toEqual(accepted);
  });

  it('is refused when it is signed for the host it was sent to, not for ours', async () => {
    const { receive, sent } = setUp();
    const { body, headers } = signedPost(sms, { url: 'https://evil.example.com/webhook' });
    const event = httpApi({ body, headers: { ...headers, Host: 'evil.example.com' } });
    expect(await receive(event)).toMatchObject({ statusCode: 403 });
    expect(sent).toEqual([]);
  });

  it('is taken in for every configured URL, with and without its port', async () => {
    const { receive } = setUp({
      publicUrls: ['https://old.example.com/a', 'https://bot.example.com:8443/webhook'],
    });
    for (const url of [
      'https://old.example.com/a',
      'https://old.example.com:443/a',
      'https://bot.example.com:8443/webhook',
      URL_1,
    ]) {
      expect(await receive(post(sms, { url })), url).toEqual(accepted);
    }
    expect(await receive(post(sms, { url: 'https://bot.example.com:443/webhook' }))).toMatchObject({
      statusCode: 403,
    });
  });

  it('says when its text is doubtful, and takes it in all the same', async () => {
    const { receive, sent, counted } = setUp();
    expect(await receive(post(withParam(sms, 'ButtonPayload', 'yes')))).toEqual(accepted);
    expect(openEnvelope(sent[0]?.body ?? '')).toMatchObject({ doubtful: true });
    expect(counted()).toMatchObject([
      { webhook_doubtful: 1, reason: 'onMessageAdded' },
      { webhook_accepted: 1 },
    ]);
  });

  it('takes no notice of the idempotency token, which nobody signed', async () => {
    const { receive, sent } = setUp();
    for (const token of ['a', 'b']) {
      const { body, headers } = signedPost(sms);
      await receive(httpApi({ body, headers: { ...headers, 'I-Twilio-Idempotency-Token': token } }));
    }
    expect(sent[0]?.deduplicationId).toBe(sent[1]?.deduplicationId);
  });
});

describe('nothing to do is 200', () => {
  it.each(PRE_EVENTS)('for %s, which is allowed to happen, wanted or not', async (name) => {
    const { receive, sent, counted } = setUp();
    expect(await receive(post(sample(name)))).toEqual(accepted);
    expect(sent).toEqual([]);
    expect(counted()).toMatchObject([{ webhook_ignored: 1, reason: 'pre_action' }]);
  });

  it('for a pre-action event even if it is malformed or not ours: a 4xx would destroy a customer’s message', async () => {
    const { receive } = setUp();
    const asking = sample('onMessageAdd');
    expect(await receive(post(withParam(asking, 'ConversationSid', 'x')))).toEqual(accepted);
    expect(await receive(post(withParam(asking, 'AccountSid', OTHER_ACCOUNT)))).toEqual(accepted);
    expect(await receive(post(asking, others))).toMatchObject({ statusCode: 403 });
  });

  it('for an event that nobody waits for', async () => {
    const { receive, sent, counted, logged } = setUp({ wanted: new Set(['onConversationAdded']) });
    expect(await receive(post(sms))).toEqual(accepted);
    expect(sent).toEqual([]);
    expect(counted()).toMatchObject([{ webhook_ignored: 1, reason: 'not_wanted' }]);
    expect(logged()).toMatchObject([{ level: 'debug', eventType: 'onMessageAdded' }]);
    expect(await receive(post(sample('onConversationAdded')))).toEqual(accepted);
    expect(sent).toHaveLength(1);
  });

  it('for an event that Twilio has added since', async () => {
    const { receive, sent, counted } = setUp();
    expect(await receive(post(withParam(sms, 'EventType', 'onMessageTranslated')))).toEqual(accepted);
    expect(sent).toEqual([]);
    expect(counted()).toMatchObject([{ webhook_ignored: 1, reason: 'unknown_event' }]);
  });

  it('for an event without a conversation to answer in', async () => {
    const { receive, sent, counted } = setUp();
    expect(await receive(post(sample('onUserAdded')))).toEqual(accepted);
    expect(sent).toEqual([]);
    expect(counted()).toMatchObject([{ webhook_ignored: 1, reason: 'no_conversation' }]);
  });
});

const good = signedPost(sms);
const signature = good.headers['X-Twilio-Signature'] ?? '';
const others = { token: 'another-token' };

/** One request for every answer, with what the metric says and whether a secret may be touched. */
const ANSWERS: [status: number, reason: string, asks: boolean, event: unknown][] = [
  [400, 'body_not_base64', false, { ...httpApi(good), body: '*' }],
  [400, 'malformed_form', false, httpApi({ ...good, body: 'Body=%zz' })],
  [400, 'malformed_Index', true, post(withParam(sms, 'Index', 'x'))],
  [400, 'malformed_EventType', true, post(without(sms, 'EventType'))],
  [400, 'malformed_MessageSid', true, post(without(sms, 'MessageSid'))],
  [
    403,
    'signature_missing',
    false,
    httpApi({ ...good, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  ],
  [
    403,
    'signature_malformed',
    false,
    httpApi({ ...good, headers: { ...good.headers, 'X-Twilio-Signature': 'x' } }),
  ],
  [403, 'signature', true, post(sms, others)],
  [403, 'foreign_account', true, post(withParam(sms, 'AccountSid', OTHER_ACCOUNT))],
  [403, 'foreign_service', true, post(withParam(sms, 'ChatServiceSid', OTHER_SERVICE))],
  [403, 'repeated_parameter', true, post(withParam(sms, 'Body', 'a', 'b'))],
  [
    403,
    'hidden_parameter',
    true,
    post(withParam(without(sms, 'ParticipantSid'), 'OtherParticipantSid', `MB${'9'.repeat(32)}`)),
  ],
  [405, 'method', false, httpApi({ ...good, method: 'GET' })],
  [413, 'body_too_large', false, httpApi({ ...good, body: 'x'.repeat(262_145) })],
  [413, 'envelope_too_large', true, post(withParam(sms, 'Body', '\0'.repeat(44_000)))],
  [
    415,
    'content_type',
    false,
    httpApi({ ...good, headers: { ...good.headers, 'Content-Type': 'application/json' } }),
  ],
];

describe('a webhook that is not taken in', () => {
  it.each(ANSWERS)('is answered %i: %s', async (statusCode, reason, asks, event) => {
    const { receive, sent, asked, counted, logged } = setUp();
    const headers = statusCode === 405 ? { headers: { allow: 'POST' } } : {};
    expect(await receive(event)).toEqual({ statusCode, ...headers, body: '' });
    expect(sent).toEqual([]);
    expect(asked.length > 0).toBe(asks);
    expect(counted()).toContainEqual(expect.objectContaining({ webhook_refused: 1, reason }));
    expect(logged()).toMatchObject([{ level: 'warn', outcome: 'refused', status: statusCode, reason }]);
  });

  it('gets the same 403 whatever the cause', async () => {
    const { receive } = setUp();
    const answers = await Promise.all(
      ANSWERS.filter(([status]) => status === 403).map(([, , , event]) => receive(event)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"statusCode":403,"body":""}']),
    );
  });

  it('is refused for its account before it is ignored', async () => {
    const { receive } = setUp({ wanted: new Set() });
    for (const [name, sid] of [
      ['AccountSid', OTHER_ACCOUNT],
      ['ChatServiceSid', OTHER_SERVICE],
    ] as const) {
      expect(await receive(post(withParam(sms, name, sid)))).toMatchObject({ statusCode: 403 });
    }
  });
});

/** 20 bytes of base64 and nothing else is a signature; none of these ever was one of ours. */
const HOSTILE_SIGNATURES: readonly string[] = [
  ...['', ' ', '\t', '0', 'null', 'undefined', '[object Object]', 'true', '{}', '[]', '=', '===='],
  ...[
    'Bearer ',
    'Basic ',
    'sha1=',
    'SHA1 ',
    'HMAC ',
    'v1=',
    't=1,v1=',
    '"',
    "'",
    ' ',
    '\t',
    '\n',
    '\0',
    '\ufeff',
    '=',
  ].map((prefix) => prefix + signature),
  ...[' ', '\t', '\n', '\r\n', '\0', '=', '==', ',', ';', '"', '\u200b', '/', 'A'].map(
    (suffix) => signature + suffix,
  ),
  ...[
    `${signature},${signature}`,
    `${signature}, ${signature}`,
    `${signature} ${signature}`,
    `x,${signature}`,
    `${signature},x`,
  ],
  ...[
    signature.toLowerCase(),
    signature.toUpperCase(),
    signature.slice(0, -1),
    signature.slice(1),
    signature.slice(0, 27),
  ],
  ...[
    signature.replace('=', ''),
    signature.replace('=', '%3D'),
    encodeURIComponent(signature),
    `${signature.slice(0, 27)}A`,
  ],
  Buffer.from(signature).toString('base64'),
  Buffer.from(signature, 'base64').toString('hex'),
  Buffer.from(signature, 'base64').toString('latin1'),
  [...signature].reverse().join(''),
  'A'.repeat(27),
  `${'A'.repeat(27)}=`,
  `${'/'.repeat(27)}=`,
  `${'+'.repeat(27)}=`,
  `${'-'.repeat(27)}=`,
  `${'_'.repeat(27)}=`,
  `${'A'.repeat(26)}==`,
  `${'A'.repeat(43)}=`,
  'A'.repeat(8_192),
  signWebhook('', URL_1, sms),
  signWebhook('another-token', URL_1, sms),
  signWebhook(TOKEN, URL_1, new Map()),
  signWebhook(TOKEN, `${URL_1}/`, sms),
  signWebhook(TOKEN, `${URL_1}?bodySHA256=${'0'.repeat(64)}`, new Map()),
  signWebhook(TOKEN, 'http://bot.example.com/webhook', sms),
  signWebhook(TOKEN, URL_1, withParam(sms, 'Body', '')),
];

describe('a signature that is none', () => {
  it('comes in many shapes', () => {
    expect(new Set(HOSTILE_SIGNATURES).size).toBeGreaterThanOrEqual(60);
    expect(HOSTILE_SIGNATURES).not.toContain(signature);
  });

  it.each([...new Set(HOSTILE_SIGNATURES)])('is refused: %j', async (hostile) => {
    const { receive, sent, asked } = setUp();
    const event = httpApi({ ...good, headers: { ...good.headers, 'X-Twilio-Signature': hostile } });
    expect(await receive(event)).toEqual({ statusCode: 403, body: '' });
    expect(sent).toEqual([]);
    expect(asked).toEqual(/^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/.test(hostile) ? ['get', 'refresh'] : []);
  });

  it.each<[what: string, header: unknown]>([
    ['null', null],
    ['a list', [signature]],
    ['a number', 7],
    ['an object', { signature }],
    ['true', true],
  ])('is refused when the header is %s, unless it is a list of one', async (what, header) => {
    const { receive } = setUp();
    const event = httpApi(good);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': header };
    expect(await receive({ ...event, headers })).toMatchObject({ statusCode: what === 'a list' ? 200 : 403 });
  });

  it('is refused when there are two, wherever they are', async () => {
    const { receive } = setUp();
    const name = 'X-Twilio-Signature';
    const rest = DOORS['a REST API']?.(good) ?? {};
    const twice = [
      {
        ...rest,
        multiValueHeaders: {
          'Content-Type': ['application/x-www-form-urlencoded'],
          [name]: [signature, signature],
        },
      },
      { ...rest, multiValueHeaders: null, headers: { ...good.headers, [name.toLowerCase()]: signature } },
      { ...rest, multiValueHeaders: { [name]: [signature], [name.toLowerCase()]: [signature] } },
    ];
    for (const event of twice) expect(await receive(event)).toMatchObject({ statusCode: 403 });
  });
});

describe('a signature that does not fit', () => {
  const wrong = (changes: Record<string, unknown> = {}) => ({ ...post(sms, others), ...changes });

  it('is explained: where the request came in, where it should, and the names it holds', async () => {
    const { receive, logged } = setUp({
      publicUrls: [`${URL_1}?key=canary#rc=2`, 'https://old.example.com/'],
    });
    const { requestContext, ...rest } = wrong({ rawPath: '/staged/webhook' });
    const context = { ...(requestContext as object), domainName: 'abc.execute-api.example.com' };
    const params = withParam(without(sms, 'Source'), 'Canary', 'canary');
    await receive({
      ...post(params, others),
      ...rest,
      requestContext: context,
      body: post(params, others)['body'],
    });
    expect(logged()).toMatchObject([
      {
        reason: 'signature',
        host: 'abc.execute-api.example.com',
        path: '/staged/webhook',
        urls: [URL_1, 'https://old.example.com/'],
        parameters: [...without(sms, 'Source').keys()].sort(),
        otherParameters: 1,
      },
    ]);
    expect(JSON.stringify(logged())).not.toMatch(/canary|12345/i);
  });

  it.each(Object.entries(DOORS))('is explained behind %s', async (what, door) => {
    const { receive, logged } = setUp();
    const { body, headers } = signedPost(sms, others);
    await receive(door({ body, headers: { Accept: '*/*', ...headers } }));
    const [line] = logged();
    expect(line?.['host']).toBe('bot.example.com');
    expect(line?.['path']).toBe(what.startsWith('a REST API') ? '/prod/webhook' : '/webhook');
  });

  it('is explained by the Host header where the front door names no domain', async () => {
    const { receive, logged } = setUp();
    await receive(wrong({ requestContext: { ...(wrong()['requestContext'] as object), domainName: '' } }));
    expect(logged()[0]?.['host']).toBe('bot.example.com');
  });

  it('is explained with its parameters in the order of their names, whatever the form’s', async () => {
    const { receive, logged } = setUp();
    await receive(httpApi({ ...signedPost(sms, others), body: 'EventType=x&Body=x&AccountSid=x' }));
    expect(logged()[0]?.['parameters']).toEqual(['AccountSid', 'Body', 'EventType']);
  });

  it('is explained at most once a minute', async () => {
    let now = NOW;
    const { receive, logged } = setUp({ clock: { now: () => now, sleep: async () => {} } });
    for (const later of [0, 59_999, 60_000, 60_001]) {
      now = NOW + later;
      await receive(wrong());
    }
    expect(logged().map((line) => 'host' in line)).toEqual([true, false, true, false]);
  });

  it('is explained with a host and a path that are cut', async () => {
    const { receive, logged } = setUp();
    await receive(wrong({ rawPath: `/${'x'.repeat(1_000)}` }));
    expect(String(logged()[0]?.['path'])).toHaveLength(200);
  });
});

describe('a shared key of the account', () => {
  const shared = { key: 'webhooks_sharedkey_01', secret: 'invented-shared-secret' };
  const keys = (...all: SigningKey[]): AuthTokens => ({ get: async () => all, refresh: async () => all });
  const sharedPost = (settings = signatureSettings(shared), signature = signWebhook(shared, URL_1, sms)) => {
    const { body, headers } = signedPost(sms);
    return httpApi({
      body,
      headers: {
        ...headers,
        'X-Twilio-Signature': signature,
        'X-Twilio-Webhooks-Signature-Settings': settings,
      },
    });
  };

  it('signs in place of the auth token, and beside it', async () => {
    const alone = setUp({ authTokens: keys(shared) });
    expect(await alone.receive(sharedPost())).toEqual(accepted);
    const both = setUp({ authTokens: keys(TOKEN, shared) });
    expect(await both.receive(sharedPost())).toEqual(accepted);
    expect(await both.receive(post(sms))).toEqual(accepted);
  });

  it.each<[what: string, event: unknown, authTokens: AuthTokens]>([
    ['an auth token where only a shared key is stored', post(sms), keys(shared)],
    ['a shared key where only an auth token is stored', sharedPost(), keys(TOKEN)],
    ['another key by name', sharedPost('key=webhooks_sharedkey_02,algorithm=HMAC_SHA256'), keys(shared)],
    [
      'its secret with the weaker algorithm',
      sharedPost('', signWebhook(shared.secret, URL_1, sms)),
      keys(shared),
    ],
    [
      'its secret with the weaker algorithm, named',
      sharedPost(`key=${shared.key},algorithm=HMAC_SHA1`, signWebhook(shared.secret, URL_1, sms)),
      keys(shared),
    ],
    [
      'an auth token with the other algorithm',
      sharedPost('algorithm=HMAC_SHA256', signWebhook({ key: 'x', secret: TOKEN }, URL_1, sms)),
      keys(TOKEN, shared),
    ],
    ['an algorithm that nobody knows', sharedPost(`key=${shared.key},algorithm=HMAC_MD5`), keys(shared)],
    [
      'settings that came twice',
      sharedPost(`${signatureSettings(shared)},key=x,algorithm=HMAC_SHA1`),
      keys(shared),
    ],
  ])('is not %s', async (_, event, authTokens) => {
    const { receive, sent } = setUp({ authTokens });
    expect(await receive(event)).toEqual({ statusCode: 403, body: '' });
    expect(sent).toEqual([]);
  });
});

describe('the auth tokens', () => {
  const rotated = () => {
    let tokens = ['old'];
    const asked: string[] = [];
    const authTokens: AuthTokens = {
      get: async () => {
        asked.push('get');
        return tokens;
      },
      refresh: async () => {
        asked.push('refresh');
        tokens = ['new', 'old'];
        return tokens;
      },
    };
    return { authTokens, asked };
  };

  it('are asked for again, once, when a signature does not match', async () => {
    const { authTokens, asked } = rotated();
    const { receive, sent } = setUp({ authTokens });
    expect(await receive(post(sms, { token: 'new' }))).toEqual(accepted);
    expect(asked).toEqual(['get', 'refresh']);
    expect(await receive(post(sms, { token: 'old' }))).toEqual(accepted);
    expect(asked).toEqual(['get', 'refresh', 'get']);
    expect(sent).toHaveLength(2);
    expect(await receive(post(sms, { token: 'forged' }))).toMatchObject({ statusCode: 403 });
    expect(asked.slice(3)).toEqual(['get', 'refresh']);
  });

  it('are not tried again on a signature when there are no others', async () => {
    let tried = 0;
    const tokens = Object.assign(['old'], {
      *[Symbol.iterator]() {
        tried += 1;
        yield 'old';
      },
    });
    const { receive } = setUp({ authTokens: { get: async () => tokens, refresh: async () => tokens } });
    expect(await receive(post(sms))).toMatchObject({ statusCode: 403 });
    expect(tried).toBe(1);
  });

  it('that match are enough, whatever else could not be read', async () => {
    const authTokens = {
      get: async () => ['old'],
      refresh: async () => ['old', TOKEN],
      doubt: () => new Error('down'),
    };
    const { receive } = setUp({ authTokens });
    expect(await receive(post(sms))).toMatchObject({ statusCode: 200 });
  });

  const unavailable = async () => {
    throw new Unavailable('secret canary');
  };
  it.each<[what: string, authTokens: AuthTokens]>([
    ['at first', { get: unavailable, refresh: unavailable }],
    ['after a mismatch', { get: async () => ['old'], refresh: unavailable }],
    [
      'again after a mismatch',
      {
        get: async () => ['old'],
        refresh: async () => ['old'],
        doubt: () => new Unavailable('secret canary'),
      },
    ],
  ])('make it 503 when they cannot be had %s', async (_, authTokens) => {
    const { receive, sent, counted, logged } = setUp({ authTokens });
    expect(await receive(post(sms))).toEqual({ statusCode: 503, body: '' });
    expect(sent).toEqual([]);
    expect(counted()).toMatchObject([{ webhook_failed: 1, reason: 'auth_tokens' }]);
    expect(logged()).toMatchObject([{ level: 'error', code: 'unavailable', status: 503 }]);
  });
});

class Unavailable extends BotError {
  override readonly name = 'Unavailable' as const;
  readonly code = 'unavailable';
}

describe('the queue', () => {
  it.each<[thrown: unknown, code: string | undefined]>([
    [new Unavailable('secret canary'), 'unavailable'],
    [new Error('secret canary'), undefined],
    ['secret canary', undefined],
  ])('makes it 503 when it throws %o', async (thrown, code) => {
    const queue: Queue = { send: () => Promise.reject(thrown) };
    const { receive, counted, logged } = setUp({ queue });
    expect(await receive(post(sms))).toEqual({ statusCode: 503, body: '' });
    expect(counted()).toMatchObject([{ webhook_failed: 1, reason: 'queue' }]);
    const [line] = logged();
    expect(line).toMatchObject({ level: 'error', status: 503, messageSid: sms.get('MessageSid')?.[0] });
    expect(line?.['code']).toBe(code);
  });

  it('leaves a sign for the reconciler that a webhook is lost, and answers the same when it cannot', async () => {
    const marks: string[] = [];
    const markLoss = async (reason: string) => {
      marks.push(reason);
      throw new Error('DynamoDB');
    };
    const queue = { send: () => Promise.reject(new Error('SQS')) };
    expect((await setUp({ markLoss, queue }).receive(post(sms))).statusCode).toBe(503);
    const authTokens = { get: () => Promise.reject(new Error()), refresh: () => Promise.reject(new Error()) };
    expect((await setUp({ markLoss, authTokens }).receive(post(sms))).statusCode).toBe(503);
    expect(marks).toEqual(['queue', 'auth_tokens']);
    await setUp({ markLoss }).receive(post(sms));
    await setUp({ markLoss }).receive(post(sms, { token: 'another' }));
    expect(marks).toHaveLength(2);
  });

  it('has left it by the time it answers, since nobody says when the function goes on after that', async () => {
    const marks: string[] = [];
    const markLoss = async (reason: string) => {
      await new Promise((resolve) => setImmediate(resolve));
      marks.push(reason);
    };
    const queue = { send: () => Promise.reject(new Error('SQS')) };
    await setUp({ markLoss, queue }).receive(post(sms));
    expect(marks).toEqual(['queue']);
  });
});

describe('a webhook that names no service', () => {
  const nameless = without(sms, 'ChatServiceSid');

  it('belongs to the only one there is, and the reply side is told', async () => {
    const { receive, sent } = setUp();
    expect(await receive(post(nameless))).toEqual(accepted);
    expect(await receive(post(withParam(nameless, 'ChatServiceSid', '')))).toEqual(accepted);
    for (const { body } of sent) {
      expect(openEnvelope(body)).toMatchObject({
        address: { serviceSid: SERVICE_SID },
        event: { ChatServiceSid: SERVICE_SID },
      });
    }
  });

  it('is taken in when it could be either of two: whoever has a key asks Twilio which', async () => {
    const { receive, sent, counted } = setUp({ serviceSids: [OTHER_SERVICE, SERVICE_SID] });
    expect(await receive(post(nameless))).toEqual(accepted);
    expect(counted()).toMatchObject([
      { webhook_without_service: 1, reason: 'onMessageAdded' },
      { webhook_accepted: 1 },
    ]);
    const [message] = sent;
    expect(message?.groupId).toBe(sms.get('ConversationSid')?.[0]);
    expect(openEnvelope(message?.body ?? '').address).toEqual({ conversationSid: message?.groupId });
  });

  it('is taken in when a text ends like one, and is doubtful', async () => {
    const { receive, sent } = setUp();
    const Body = `hi ChatServiceSid${OTHER_SERVICE}`;
    expect(await receive(post(withParam(nameless, 'Body', Body)))).toEqual(accepted);
    expect(openEnvelope(sent[0]?.body ?? '')).toMatchObject({
      doubtful: true,
      address: { serviceSid: SERVICE_SID },
    });
  });

  it('is refused by nobody when there is nothing to do', async () => {
    const { receive } = setUp({ serviceSids: [OTHER_SERVICE, SERVICE_SID], wanted: new Set() });
    expect(await receive(post(nameless))).toEqual(accepted);
  });
});

describe('whatever comes in', () => {
  const json = (path: string) =>
    JSON.parse(readFileSync(new URL(`../../events/${path}`, import.meta.url), 'utf8'));

  it.each(Object.keys(EVENTS))('events/http/%s.json is answered 200', async (name) => {
    const { receive } = setUp({
      publicUrls: [PUBLIC_URL],
      authTokens: { get: async () => [AUTH_TOKEN], refresh: async () => [AUTH_TOKEN] },
    });
    expect(await receive(json(`http/${name}.json`))).toEqual(accepted);
  });

  it('nothing a customer wrote, no address and no secret gets into the log', async () => {
    const canary = 'canary-8c1f';
    const fields = ['Body', 'Author', 'ClientIdentity', 'Attributes', 'Media', 'FriendlyName', 'Zed', canary];
    const requests: Post[] = fields.flatMap((name) => [
      signedPost(withParam(sms, name, name === 'Attributes' ? `{"a":"${canary}"}` : canary)),
      signedPost(withParam(sms, name, canary, canary)),
      signedPost(withParam(sms, name, canary), others),
    ]);
    const queues: Queue[] = [
      { send: async () => {} },
      { send: () => Promise.reject(new Error(canary)) },
      { send: () => Promise.reject(new Unavailable(canary)) },
    ];
    for (const queue of queues) {
      const { receive, counted, logged } = setUp({ queue });
      for (const request of requests) {
        const event = httpApi({ ...request, headers: { ...request.headers, 'User-Agent': canary } });
        await receive(event);
      }
      expect(logged().length).toBeGreaterThanOrEqual(requests.length);
      const written = JSON.stringify([counted(), logged()]);
      for (const secret of [canary, TOKEN, '+1555', signature]) expect(written).not.toContain(secret);
    }
  });

  it('is answered, never thrown back, and only taken in when signed', async () => {
    const { receive, sent } = setUp();
    const hostile = fc.oneof(
      fc.anything(),
      fc
        .record({
          body: fc.string({ unit: 'binary' }),
          signature: fc.oneof(fc.string(), fc.constant(signature)),
        })
        .map(({ body, signature }) =>
          httpApi({ body, headers: { ...good.headers, 'X-Twilio-Signature': signature } }),
        ),
      // Signed by Twilio's token over nonsense, which only somebody with the token could do.
      fc
        .array(
          fc.tuple(
            fc.constantFrom('EventType', 'Body', 'Index', 'x'),
            fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }),
          ),
        )
        .map((pairs) => post(new Map(pairs))),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (event) => {
        const { statusCode, body } = await receive(event);
        expect([200, 400, 403, 405, 413, 415]).toContain(statusCode);
        expect(body).toBe('');
      }),
      { numRuns: 3_000 },
    );
    expect(sent).toEqual([]);
  });
});

describe('a delivery receipt', () => {
  const receipt = (Status: string, ErrorCode = '') =>
    withParam(withParam(sample('onDeliveryUpdated'), 'Status', Status), 'ErrorCode', ErrorCode);
  const deliveries = (lines: readonly Record<string, unknown>[]) =>
    lines.filter((line) => 'delivery_failed' in line || 'delivery_confirmed' in line);
  const noRule = { wanted: new Set(['onMessageAdded' as const]) };

  it.each([
    ['failed', '63016', '63016'],
    ['undelivered', '30005', 'other'],
    ['failed', '', 'other'],
  ])('that says %s %s is counted and logged without any rule', async (status, code, reason) => {
    const { receive, sent, counted, logged } = setUp(noRule);
    expect(await receive(post(receipt(status, code)))).toEqual(accepted);
    expect(sent).toEqual([]);
    expect(deliveries(counted())).toMatchObject([{ delivery_failed: 1, reason }]);
    expect(logged()).toMatchObject([
      {
        level: 'warn',
        message: 'a message did not arrive',
        messageSid: sample('onDeliveryUpdated').get('MessageSid')?.[0],
        outcome: status,
        code: code || 'none',
      },
      { level: 'debug', message: 'webhook', outcome: 'ignored', reason: 'receipt' },
    ]);
  });

  it('is counted where it says delivered, and neither where it says sent nor where it says read', async () => {
    const { receive, counted } = setUp(noRule);
    for (const status of ['sent', 'delivered', 'read']) await receive(post(receipt(status)));
    expect(deliveries(counted())).toMatchObject([{ delivery_confirmed: 1 }]);
  });

  it('that a rule waits for goes on the queue as well', async () => {
    const { receive, sent, counted } = setUp();
    await receive(post(receipt('failed', '63016')));
    expect(sent).toHaveLength(1);
    expect(deliveries(counted())).toHaveLength(1);
  });

  it('is not counted where Twilio may be set to send it again, nor where it is not ours', async () => {
    const queue = { send: async () => Promise.reject(new Error('SQS')) };
    const failing = setUp({ queue });
    expect(await failing.receive(post(receipt('failed', '63016')))).toMatchObject({ statusCode: 503 });
    const foreign = setUp({ ...noRule, serviceSids: [OTHER_SERVICE] });
    expect(await foreign.receive(post(receipt('failed', '63016')))).toMatchObject({ statusCode: 403 });
    expect([...failing.counted(), ...foreign.counted()].filter((line) => 'delivery_failed' in line)).toEqual(
      [],
    );
  });

  it('is counted each time it comes, and also with a parameter that nobody knows', async () => {
    const { receive, counted } = setUp(noRule);
    const doubtful = withParam(receipt('failed', '63016'), 'AnErrorCode', '1');
    for (const params of [receipt('failed', '63016'), receipt('failed', '63016'), doubtful])
      expect(await receive(post(params))).toEqual(accepted);
    expect(deliveries(counted())).toHaveLength(3);
  });
});

describe('what nobody we know signed', () => {
  const unverified = (lines: readonly Record<string, unknown>[]) =>
    lines.filter((line) => 'webhook_unverified' in line);

  it('is counted by itself where it names our account: our URL or token may be wrong', async () => {
    const { receive, counted } = setUp();
    expect(await receive(post(sms, others))).toMatchObject({ statusCode: 403 });
    expect(unverified(counted())).toHaveLength(1);
  });

  it('is not where it names another account, or carries no signature', async () => {
    const { receive, counted } = setUp();
    await receive(post(withParam(sms, 'AccountSid', OTHER_ACCOUNT), others));
    const { 'X-Twilio-Signature': _, ...headers } = signedPost(sms).headers;
    await receive(httpApi({ ...signedPost(sms), headers }));
    expect(counted()).toMatchObject([{ webhook_refused: 1 }, { webhook_refused: 1 }]);
  });
});

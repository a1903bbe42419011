import twilio from 'twilio';
import { getSignatureAlgorithm } from 'twilio/lib/webhooks/webhooks.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeForm } from '../../lib/webhook/decode-form.ts';
import { parseEvent } from '../../lib/webhook/parse-event.ts';
import { HOOK_EVENTS } from './full-world.ts';
import { startScene } from './start-scene.ts';
import { AUTH_TOKEN, eventsOf, HOOK, lastParams, paramsOf, type TestService } from './start-service.ts';

const COMMON = ['AccountSid', 'EventType', 'RetryCount'];

describe('post-event webhooks', () => {
  let service: TestService;
  let conversationSid: string;
  let base: string;
  let at: string;

  beforeEach(async () => {
    ({ service, conversationSid, base, at } = await startScene());
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: [...HOOK_EVENTS, 'onDeliveryUpdated'] });
    service.sent.length = 0;
  });

  const last = () => lastParams(service);

  it('carries the live key set of onMessageAdded, dates with milliseconds, Source of the channel', async () => {
    await service.customer.write({ conversationSid, body: 'Hello', attributes: '{"a":1}' });
    expect(Object.keys(last())).toEqual([
      ...['AccountSid', 'Attributes', 'Author', 'Body', 'ChatServiceSid', 'ConversationSid', 'DateCreated'],
      ...[
        'EventType',
        'Index',
        'MessageSid',
        'MessagingServiceSid',
        'ParticipantSid',
        'RetryCount',
        'Source',
      ],
    ]);
    expect(last()).toMatchObject({
      Source: 'WHATSAPP',
      Attributes: '{"a":1}',
      DateCreated: '2026-11-20T10:00:00.123Z',
      RetryCount: '0',
    });
  });

  it('is sent as Twilio’s proxy sends it', async () => {
    await service.customer.write({ conversationSid, body: 'Hello' });
    expect(service.sent[0]).toMatchObject({ method: 'POST', url: HOOK });
    expect(service.sent[0]?.headers).toEqual({
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'i-twilio-idempotency-token': expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      'user-agent': 'TwilioProxy/1.1',
      'x-home-region': 'us1',
      'x-twilio-signature': expect.stringMatching(/^[A-Za-z0-9+/]{27}=$/),
    });
  });

  it('is signed with a shared key of the account on demand, as the official library checks it', async () => {
    const sharedKey = { key: 'webhooks_sharedkey_01', secret: 'invented-shared-secret' };
    service.changeSettings({ sharedKey });
    await service.customer.write({ conversationSid, body: 'Hello' });
    const [webhook] = service.sent;
    const settings = webhook?.headers['x-twilio-webhooks-signature-settings'] ?? '';
    expect(settings).toBe('key=webhooks_sharedkey_01,algorithm=HMAC_SHA256');
    const algorithm = getSignatureAlgorithm(settings);
    const signature = webhook?.headers['x-twilio-signature'] ?? '';
    expect(twilio.validateRequest(sharedKey.secret, signature, HOOK, last(), algorithm)).toBe(true);
    expect(twilio.validateRequest(AUTH_TOKEN, signature, HOOK, last())).toBe(false);
    service.changeSettings({ sharedKey: null });
    await service.customer.write({ conversationSid, body: 'Hello' });
    expect(service.sent[1]?.headers).not.toHaveProperty('x-twilio-webhooks-signature-settings');
  });

  it('sends media in PascalCase and leaves out an empty body', async () => {
    await service.customer.write({
      conversationSid,
      media: [{ contentType: 'image/jpeg', filename: 'car.jpg' }],
    });
    const { Media = '', ...rest } = last();
    expect(JSON.parse(Media)).toEqual([
      {
        Sid: expect.stringMatching(/^ME/),
        Filename: 'car.jpg',
        ContentType: 'image/jpeg',
        Size: expect.any(Number),
      },
    ]);
    expect(rest).not.toHaveProperty('Body');
  });

  it('fires every event with exactly its documented parameters, and our own parser takes each', async () => {
    const { rest } = service;
    const header = { 'x-twilio-webhook-enabled': 'true' };
    await service.customer.join({ conversationSid, identity: 'agent' });
    const { sid: participant } = await service.customer.join({ conversationSid, identity: 'other' });
    const { sid: message } = await service.customer.write({ conversationSid, author: 'agent', body: 'Hi' });
    await service.customer.edit({ conversationSid, messageSid: String(message), body: 'Hi!' });
    await service.customer.remove({ conversationSid, messageSid: String(message) });
    await rest('POST', `${at}/Participants/${participant}`, { Attributes: '{"a":1}' }, header);
    await rest('DELETE', `${at}/Participants/${participant}`, {}, header);
    await rest('POST', `${base}/Users/agent`, { FriendlyName: 'An agent' }, header);
    await service.clock.advance(5000);
    await rest('POST', at, { FriendlyName: 'changed', State: 'inactive' }, header);
    await rest('DELETE', at, {}, header);
    await rest('POST', `${base}/Conversations`, {}, header);

    const keys = new Map(
      service.sent.map((webhook) => {
        const params = paramsOf(webhook);
        const names = Object.keys(params).filter((name) => !COMMON.includes(name));
        return [params['EventType'], names.join(' ')] as const;
      }),
    );
    expect(Object.fromEntries(keys)).toMatchInlineSnapshot(`
      {
        "onConversationAdded": "Attributes ChatServiceSid ConversationSid DateCreated DateUpdated MessagingServiceSid Source State",
        "onConversationRemoved": "Attributes ChatServiceSid ConversationSid DateCreated DateRemoved DateUpdated FriendlyName MessagingServiceSid Source State",
        "onConversationStateUpdated": "ChatServiceSid ConversationSid MessagingServiceSid Reason Source StateFrom StateTo StateUpdated",
        "onConversationUpdated": "Attributes ChatServiceSid ConversationSid DateCreated DateUpdated FriendlyName MessagingServiceSid Source State",
        "onMessageAdded": "Attributes Author Body ChatServiceSid ClientIdentity ConversationSid DateCreated Index MessageSid MessagingServiceSid ParticipantSid Source",
        "onMessageRemoved": "Attributes Author Body ChatServiceSid ClientIdentity ConversationSid DateCreated DateRemoved DateUpdated Index MessageSid ParticipantSid Source",
        "onMessageUpdated": "Attributes Author Body ChatServiceSid ClientIdentity ConversationSid DateCreated DateUpdated Index MessageSid ParticipantSid Source",
        "onParticipantAdded": "Attributes ClientIdentity ConversationSid DateCreated Identity MessagingBinding.Type ParticipantSid RoleSid Source",
        "onParticipantRemoved": "Attributes ConversationSid DateCreated DateRemoved DateUpdated Identity MessagingBinding.Type ParticipantSid RoleSid Source",
        "onParticipantUpdated": "Attributes ConversationSid DateCreated DateUpdated Identity MessagingBinding.Type ParticipantSid RoleSid Source",
        "onUserAdded": "Attributes ChatServiceSid ClientIdentity DateCreated Identity RoleSid Source UserSid",
        "onUserUpdated": "Attributes ChatServiceSid DateCreated DateUpdated FriendlyName Identity RoleSid Source UserSid isNotifiable isOnline",
      }
    `);
    for (const webhook of service.sent) {
      const form = decodeForm(Buffer.from(webhook.body));
      expect(form === undefined ? 'no form' : parseEvent(form)).toMatchObject({ event: expect.anything() });
    }
  });

  it('reports receipts whatever the header says, without Source, and ErrorCode only when there is one', async () => {
    await service.rest(
      'POST',
      `${at}/Messages`,
      { Body: 'too late' },
      { 'x-twilio-webhook-enabled': 'false' },
    );
    await service.clock.advance(5000);
    expect(eventsOf(service)).toEqual(['onDeliveryUpdated', 'onDeliveryUpdated']);
    const [sent, failed] = service.sent.map(paramsOf);
    expect(sent).toMatchObject({ Status: 'sent', ChannelMessageSid: expect.stringMatching(/^SM/) });
    expect(Object.keys(sent ?? {})).not.toContain('ErrorCode');
    expect(Object.keys(sent ?? {})).not.toContain('Source');
    expect(failed).toMatchObject({ Status: 'failed', ErrorCode: '63016' });
  });

  it.each([
    ['absent', {}, 0],
    ['false', { 'x-twilio-webhook-enabled': 'false' }, 0],
    ['something else', { 'x-twilio-webhook-enabled': 'yes' }, 0],
    ['true', { 'x-twilio-webhook-enabled': 'true' }, 1],
    ['True', { 'x-twilio-webhook-enabled': 'True' }, 1],
  ] as const)('fires for a REST create when the header is %s: %o %i times', async (_name, headers, times) => {
    await service.rest('POST', `${at}/Messages`, { Body: 'Hello' }, headers);
    expect(eventsOf(service)).toHaveLength(times);
    if (times > 0) expect(last()).toMatchObject({ Source: 'API', Author: 'system' });
  });

  it('names the SDK and its user for an agent', async () => {
    await service.customer.join({ conversationSid, identity: 'agent' });
    await service.customer.write({ conversationSid, author: 'agent', body: 'How can I help?' });
    expect(last()).toMatchObject({ Source: 'SDK', ClientIdentity: 'agent', Author: 'agent' });
  });

  it('sends a GET with everything in the query, plus for space and bare colons', async () => {
    service.configureWebhooks({ PostWebhookUrl: `${HOOK}?a=b`, Filters: ['onMessageAdded'], Method: 'GET' });
    await service.customer.write({ conversationSid, body: 'okay today: yes & no' });
    const [webhook] = service.sent;
    expect(webhook).toMatchObject({ method: 'GET', body: '' });
    expect(webhook?.url).toContain(`${HOOK}?a=b&AccountSid=`);
    expect(webhook?.url).toContain('Body=okay+today:+yes+%26+no');
    expect(webhook?.url).toMatch(/DateCreated=2026-11-20T10:00:00.123Z/);
    expect(
      twilio.validateRequest(
        AUTH_TOKEN,
        webhook?.headers['x-twilio-signature'] ?? '',
        webhook?.url ?? '',
        {},
      ),
    ).toBe(true);
  });

  it.each([
    ['an emoji, an apostrophe and a trailing space', 'it’s 100 % & «é» 😀 '],
    ['nothing but spaces', '   '],
    ['line breaks', 'a\r\nb\n'],
    ['what would be another parameter', '&Author=system&Body=x'],
    ['unpaired and noncharacters', '\u{FFFE}\u{FFFF}'],
  ])('signs %s so that the official package accepts it', async (_name, body) => {
    for (const method of ['POST', 'GET'] as const) {
      service.configureWebhooks({
        PostWebhookUrl: `${HOOK}/path?q=1`,
        Filters: ['onMessageAdded'],
        Method: method,
      });
      await service.customer.write({ conversationSid, body });
      const webhook = service.sent.at(-1);
      const params = webhook === undefined || method === 'GET' ? {} : paramsOf(webhook);
      const signature = webhook?.headers['x-twilio-signature'] ?? '';
      expect(twilio.validateRequest(AUTH_TOKEN, signature, webhook?.url ?? '', params)).toBe(true);
      expect(twilio.validateRequest('another token', signature, webhook?.url ?? '', params)).toBe(false);
    }
  });

  it('never signs credentials or a fragment in the URL, and sends the credentials as Basic authorization', async () => {
    service.configureWebhooks({
      PostWebhookUrl: 'http://me:secret@127.0.0.1:4999/hook#rc=3',
      Filters: ['onMessageAdded'],
    });
    await service.customer.write({ conversationSid, body: 'Hello' });
    const [webhook] = service.sent;
    expect(webhook?.url).toBe(HOOK);
    expect(webhook?.headers['authorization']).toBe(`Basic ${btoa('me:secret')}`);
    const signature = webhook?.headers['x-twilio-signature'] ?? '';
    expect(
      twilio.validateRequest(AUTH_TOKEN, signature, HOOK, webhook === undefined ? {} : paramsOf(webhook)),
    ).toBe(true);
  });

  it('can leave the port out of the signature', async () => {
    service.changeSettings({ signaturePort: 'drop' });
    await service.customer.write({ conversationSid, body: 'Hello' });
    const [webhook] = service.sent;
    const params = webhook === undefined ? {} : paramsOf(webhook);
    const signature = webhook?.headers['x-twilio-signature'] ?? '';
    expect(twilio.validateRequest(AUTH_TOKEN, signature, 'http://127.0.0.1/hook', params)).toBe(true);
  });

  it('signs with the promoted token only after promotion', async () => {
    const signedWith = (token: string) => {
      const webhook = service.sent.at(-1);
      const params = webhook === undefined ? {} : paramsOf(webhook);
      return twilio.validateRequest(token, webhook?.headers['x-twilio-signature'] ?? '', HOOK, params);
    };
    const control = (path: string, body = {}) =>
      service.handle({
        method: 'POST',
        url: `/control/tokens/${path}`,
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify(body)),
      });
    await control('secondary', { authToken: 'next-token' });
    await service.customer.write({ conversationSid, body: 'before' });
    expect([signedWith(AUTH_TOKEN), signedWith('next-token')]).toEqual([true, false]);
    expect((await service.rest('GET', base)).status).toBe(200);
    await control('promote');
    await service.customer.write({ conversationSid, body: 'after' });
    expect([signedWith(AUTH_TOKEN), signedWith('next-token')]).toEqual([false, true]);
    expect((await service.rest('GET', base)).status).toBe(401);
  });
});

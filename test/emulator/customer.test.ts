import twilio from 'twilio';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CustomerChannel } from '../../emulator/customer/channels.ts';
import { HOOK_EVENTS } from './full-world.ts';
import {
  AUTH_TOKEN,
  eventsOf,
  HOOK,
  lastParams,
  paramsOf,
  startService,
  type TestService,
} from './start-service.ts';

describe('what customers and agents do', () => {
  let service: TestService;

  beforeEach(() => {
    service = startService();
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: HOOK_EVENTS });
  });

  const start = async (channel: CustomerChannel, author?: string) => {
    const { conversation, participant } = await service.customer.startConversation({ channel, author });
    return { conversationSid: String(conversation['sid']), participant };
  };

  it.each([
    ['whatsapp', '+15550001', 'whatsapp:+15550001', 'WHATSAPP'],
    ['sms', '+15550001', '+15550001', 'SMS'],
    ['whatsapp', 'US.ABC123XYZ', 'whatsapp:US.ABC123XYZ', 'WHATSAPP'],
    ['sms', '72345', '72345', 'SMS'],
    ['rcs', '+15550001', 'rcs:+15550001', 'RCS'],
    ['messenger', '1234567890', 'messenger:1234567890', 'MESSENGER'],
    ['email', 'jo@example.com', 'jo@example.com', 'EMAIL'],
    ['chat', 'jo', 'jo', 'SDK'],
  ] as const)('a customer on %s starts a conversation and writes', async (channel, author, name, source) => {
    const { conversationSid } = await start(channel, author);
    expect(eventsOf(service)).toEqual([
      'onConversationAdded',
      ...(channel === 'chat' ? ['onUserAdded'] : []),
      'onParticipantAdded',
    ]);
    const message = await service.customer.write({ conversationSid, body: 'Hello' });
    expect(message).toMatchObject({ author: name, body: 'Hello', index: 0, attributes: '{}' });
    expect(lastParams(service)).toMatchObject({ Source: source });
  });

  it.each([
    ['whatsapp', /^whatsapp:\+1555\d{7}$/, 'whatsapp:+15550100000'],
    ['sms', /^\+1555\d{7}$/, '+15550100000'],
    ['rcs', /^rcs:\+1555\d{7}$/, 'rcs:business_agent'],
    ['messenger', /^messenger:\d{16}$/, 'messenger:100000000000001'],
    ['email', /^customer-\d{7}@example\.com$/, 'business@example.com'],
  ] as const)('makes up an address on %s for whoever has none', async (type, address, proxy_address) => {
    const { participant } = await start(type);
    expect(participant['messaging_binding']).toEqual({
      type,
      address: expect.stringMatching(address),
      proxy_address,
    });
  });

  it.each([
    ['whatsapp:US.ABC123', 'whatsapp:+15550100', 'whatsapp', 'WHATSAPP'],
    ['72345', '+15550100', 'sms', 'SMS'],
    ['rcs:+15550001', 'rcs:brand_agent', 'rcs', 'RCS'],
    ['messenger:1234567890', 'messenger:100', 'messenger', 'MESSENGER'],
    ['jo@example.com', 'shop@example.com', 'email', 'EMAIL'],
    ['gbm:conversation', 'gbm:agent', 'gbm', 'GBM'],
  ])(
    '%s writes to %s: a conversation begins, says so, and is found again',
    async (from, to, type, Source) => {
      const first = await service.customer.receive({ from, to, body: 'Hello' });
      const { body } = await service.rest(
        'GET',
        `/v1/Conversations/${first['conversation_sid']}/Participants`,
      );
      expect(body.participants[0].messaging_binding).toEqual({ type, address: from, proxy_address: to });
      const joined = service.sent.map((webhook) => paramsOf(webhook)['MessagingBinding.Type']).find(Boolean);
      expect(joined).toBe(type.toUpperCase());
      expect(lastParams(service)).toMatchObject({ EventType: 'onMessageAdded', Author: from, Source });
      const second = await service.customer.receive({ from, to, body: 'Again' });
      expect(second['conversation_sid']).toBe(first['conversation_sid']);
    },
  );

  it('a filled-in Flow comes back without a text, or with its button’s, as the setting says', async () => {
    const { conversationSid } = await start('whatsapp');
    const ContentSid = service.addContent({
      language: 'en',
      types: { 'whatsapp/flows': { body: 'Book a table', button_text: 'Open', flow_id: '123' } },
    });
    const path = `/v1/Conversations/${conversationSid}/Messages`;
    const { body: flow } = await service.rest('POST', path, { ContentSid });
    const tap = () => service.customer.tap({ conversationSid, messageSid: flow.sid, title: 'Open' });
    expect(await tap()).toMatchObject({ body: null, media: null });
    expect(lastParams(service)['Body']).toBe('');
    service.changeSettings({ flowAnswer: 'title', channelMetadata: 'stub' });
    const answer = await tap();
    expect(answer['body']).toBe('Open');
    const { body: metadata } = await service.rest('GET', `${path}/${answer['sid']}/ChannelMetadata`);
    expect(metadata.data).toMatchObject({ ButtonText: 'Open', ButtonPayload: '123' });
  });

  it('an unknown number writes: a conversation begins, says so, and is found again by the next message', async () => {
    const first = await service.customer.receive({ from: '+15550001', to: '+15550100', body: 'Hello' });
    expect(eventsOf(service)).toEqual(['onConversationAdded', 'onParticipantAdded', 'onMessageAdded']);
    expect(paramsOf(service.sent[0] ?? { method: 'POST', url: '', headers: {}, body: '' })).toMatchObject({
      'MessagingBinding.Address': '+15550001',
      'MessagingBinding.ProxyAddress': '+15550100',
    });
    const second = await service.customer.receive({ from: '+15550001', to: '+15550100', body: 'again' });
    expect([second['conversation_sid'], second['index']]).toEqual([first['conversation_sid'], 1]);
    await service.rest('POST', `/v1/Conversations/${first['conversation_sid']}`, { State: 'closed' });
    const third = await service.customer.receive({ from: '+15550001', to: '+15550100', body: 'and again' });
    expect(third['conversation_sid']).not.toBe(first['conversation_sid']);
  });

  // A conversation without a participant stood in the list of the page.
  it('leaves no conversation behind where the customer is in an open one already', async () => {
    await start('sms', '+15550001');
    await expect(start('sms', '+15550001')).rejects.toThrow('already exists');
    const { body } = await service.rest('GET', '/v1/Conversations');
    expect(body.conversations).toHaveLength(1);
    expect(eventsOf(service)).toEqual(['onConversationAdded', 'onParticipantAdded']);
  });

  it('an address with its own configuration leads to its own service and webhook', async () => {
    const { body: other } = await service.rest('POST', '/v1/Services', { FriendlyName: 'other' });
    await service.rest('POST', '/v1/Configuration/Addresses', {
      Type: 'sms',
      Address: '+15550100',
      'AutoCreation.Enabled': 'true',
      'AutoCreation.Type': 'webhook',
      'AutoCreation.ConversationServiceSid': other.sid,
      'AutoCreation.WebhookUrl': 'https://example.com/auto',
      'AutoCreation.WebhookMethod': 'POST',
      'AutoCreation.WebhookFilters': 'onMessageAdded',
    });
    const message = await service.customer.receive({ from: '+15550001', to: '+15550100', body: 'Hello' });
    expect(message['chat_service_sid']).toBe(other.sid);
    expect(service.sent.map(({ url }) => url)).toEqual(['https://example.com/auto']);
  });

  it('a group MMS begins with every address, under one repeated parameter, and signed so', async () => {
    await service.customer.receive({
      from: '+15550001',
      to: '+15550100',
      others: ['+15550002', '+15550003'],
      body: 'Hi',
    });
    const [begun] = service.sent;
    const form = new URLSearchParams(begun?.body);
    expect(form.getAll('MessagingBinding.Address')).toEqual(['+15550001', '+15550002', '+15550003']);
    const params = Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
    const single = Object.fromEntries(
      Object.entries(params).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
    );
    expect(twilio.validateRequest(AUTH_TOKEN, begun?.headers['x-twilio-signature'] ?? '', HOOK, single)).toBe(
      true,
    );
  });

  it('somebody taps a quick reply: its title comes back as their message', async () => {
    const { conversationSid } = await start('whatsapp');
    const ContentSid = service.addContent({
      language: 'en',
      types: {
        'twilio/quick-reply': {
          body: 'Track {{1}}?',
          actions: [
            { type: 'QUICK_REPLY', title: 'Yes', id: 'track-{{1}}' },
            { type: 'QUICK_REPLY', title: 'No' },
          ],
        },
      },
    });
    const path = `/v1/Conversations/${conversationSid}/Messages`;
    const { body: question } = await service.rest('POST', path, {
      ContentSid,
      ContentVariables: '{"1":"12345"}',
    });
    const tap = (title: string) => service.customer.tap({ conversationSid, messageSid: question.sid, title });
    const answer = await tap('Yes');
    expect(answer).toMatchObject({ body: 'Yes', author: expect.stringMatching(/^whatsapp:/) });
    await expect(tap('Maybe')).rejects.toMatchObject({ message: expect.stringContaining('"Yes", "No"') });
    expect((await service.rest('GET', `${path}/${answer['sid']}/ChannelMetadata`)).body).toMatchObject({
      code: 50530,
    });
    service.changeSettings({ channelMetadata: 'stub' });
    const { body: metadata } = await service.rest('GET', `${path}/${answer['sid']}/ChannelMetadata`);
    expect(metadata).toMatchObject({
      type: 'whatsapp',
      data: { ButtonText: 'Yes', ButtonPayload: 'track-12345' },
    });
  });

  it('somebody chooses from a list, or taps a card’s reply, but not its link', async () => {
    const { conversationSid } = await start('whatsapp');
    const path = `/v1/Conversations/${conversationSid}/Messages`;
    const list = { body: 'Choose', button: 'Open', items: [{ id: 'a', item: 'Apples' }] };
    const card = {
      title: 'Apples',
      actions: [
        { type: 'QUICK_REPLY' as const, title: 'Buy' },
        { type: 'URL' as const, title: 'Look', url: 'https://example.com' },
      ],
    };
    const send = async (types: object) =>
      (await service.rest('POST', path, { ContentSid: service.addContent({ language: 'en', types }) })).body
        .sid;
    const messageSid = await send({ 'twilio/list-picker': list });
    expect(await service.customer.tap({ conversationSid, messageSid, title: 'Apples' })).toMatchObject({
      body: 'Apples',
    });
    const cardSid = await send({ 'twilio/card': card });
    expect(await service.customer.tap({ conversationSid, messageSid: cardSid, title: 'Buy' })).toMatchObject({
      body: 'Buy',
    });
    await expect(
      service.customer.tap({ conversationSid, messageSid: cardSid, title: 'Look' }),
    ).rejects.toThrow('"Buy"');
  });

  it('an agent joins, speaks, edits, removes and leaves', async () => {
    const { conversationSid } = await start('whatsapp');
    service.sent.length = 0;
    await service.customer.join({ conversationSid, identity: 'agent', attributes: '{"role":"agent"}' });
    const { sid } = await service.customer.write({ conversationSid, author: 'agent', body: 'Hello' });
    const messageSid = String(sid);
    expect(await service.customer.edit({ conversationSid, messageSid, body: 'Hello!' })).toMatchObject({
      body: 'Hello!',
    });
    await service.customer.remove({ conversationSid, messageSid });
    await service.customer.read({ conversationSid, author: 'agent' });
    await service.customer.leave({ conversationSid, author: 'agent' });
    expect(eventsOf(service)).toEqual([
      ...['onUserAdded', 'onParticipantAdded', 'onMessageAdded', 'onMessageUpdated', 'onMessageRemoved'],
      ...['onParticipantUpdated', 'onParticipantRemoved'],
    ]);
    for (const webhook of service.sent) {
      expect(paramsOf(webhook)).toMatchObject({ Source: 'SDK', ClientIdentity: 'agent' });
    }
    await expect(
      service.customer.write({ conversationSid, author: 'agent', body: 'still here' }),
    ).rejects.toMatchObject({ twilioCode: 20404 });
  });

  it('the agent’s words go to the customer’s channel, the customer’s do not come back', async () => {
    const { conversationSid } = await start('sms');
    await service.customer.join({ conversationSid, identity: 'agent' });
    const legs = async (author?: string) => {
      const { sid } = await service.customer.write({ conversationSid, author, body: 'Hello' });
      await service.clock.advance(5000);
      const path = `/v1/Conversations/${conversationSid}/Messages/${sid}/Receipts`;
      return (await service.rest('GET', path)).body.delivery_receipts.length;
    };
    expect([await legs('agent'), await legs()]).toEqual([1, 0]);
  });

  it('everybody sees the bytes of what was sent', async () => {
    const { conversationSid } = await start('whatsapp');
    const bytes = new TextEncoder().encode('picture');
    const media = [{ contentType: 'image/png', filename: 'a.png', bytes }];
    const message = await service.customer.write({ conversationSid, media });
    const [item] = message['media'] as { sid: string }[];
    expect(service.customer.openMedia(item?.sid ?? '')).toMatchObject({ content_type: 'image/png', bytes });
    expect(service.customer.openMedia(`ME${'0'.repeat(32)}`)).toBeUndefined();
  });

  it('STOP reaches the webhook, unless the setting keeps it away', async () => {
    const { conversationSid } = await start('sms');
    service.sent.length = 0;
    await service.customer.write({ conversationSid, body: 'STOP' });
    expect(eventsOf(service)).toEqual(['onMessageAdded']);
    service.changeSettings({ stopFiresWebhook: false });
    await service.customer.write({ conversationSid, body: 'STOP' });
    expect(eventsOf(service)).toEqual(['onMessageAdded']);
  });

  it.each([
    ['a conversation there is not', { conversationSid: 'CH0', body: 'x' }, 20404],
    ['attributes that are not JSON', { body: 'x', attributes: '{' }, 50304],
    ['more than 32 KB', { body: 'x'.repeat(33_000) }, 50504],
    ['an author who is not in it', { body: 'x', author: 'nobody' }, 20404],
  ] as const)('refuses %s', async (_name, input, twilioCode) => {
    const { conversationSid } = await start('sms');
    await expect(service.customer.write({ conversationSid, ...input })).rejects.toMatchObject({ twilioCode });
  });

  it('takes 32 KB from a customer although the channel would send back only 1,600 characters', async () => {
    const { conversationSid } = await start('sms');
    expect(await service.customer.write({ conversationSid, body: 'x'.repeat(32_768) })).toMatchObject({
      index: 0,
    });
  });
});

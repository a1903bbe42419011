import type twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '../../emulator/http-listener.ts';
import type { TestService } from './start-service.ts';
import { clientFor, startListening } from './twilio-client.ts';

/** Everything around messages that a bot's world needs, by Twilio's own package. */
describe('the official twilio package on everything around messages', () => {
  let service: TestService;
  let listening: Listening;
  let client: twilio.Twilio;

  beforeAll(async () => {
    ({ service, listening } = await startListening());
    client = clientFor(listening.url);
  });
  afterAll(() => listening.close());

  const scoped = () => client.conversations.v1.services(service.serviceSid);

  it('creates, fetches, lists and deletes services', async () => {
    const { sid } = await client.conversations.v1.services.create({ friendlyName: 'second' });
    expect(await client.conversations.v1.services(sid).fetch()).toMatchObject({ friendlyName: 'second' });
    expect((await client.conversations.v1.services.list()).map((other) => other.sid)).toContain(sid);
    const elsewhere = await client.conversations.v1.services(sid).conversations.create();
    await expect(scoped().conversations(elsewhere.sid).fetch()).rejects.toMatchObject({ code: 20404 });
    await client.conversations.v1.services(sid).remove();
    await expect(client.conversations.v1.services(sid).fetch()).rejects.toMatchObject({ status: 404 });
  });

  it('keeps conversations: unique name, attributes, state, timers', async () => {
    const made = await scoped().conversations.create({
      friendlyName: 'orders',
      uniqueName: 'orders-1',
      attributes: '{"topic":"feedback"}',
      state: 'active',
      'timers.inactive': 'PT1M',
      'timers.closed': 'PT10M',
    } as never);
    expect(made).toMatchObject({ uniqueName: 'orders-1', state: 'active', bindings: {} });
    const conversation = scoped().conversations(made.sid);
    expect(Object.keys((await conversation.fetch()).timers)).toEqual(['date_inactive', 'date_closed']);
    const changed = await conversation.update({
      friendlyName: 'other',
      state: 'inactive',
      timersInactive: 'PT1M',
    } as never);
    expect(changed).toMatchObject({ friendlyName: 'other', state: 'inactive' });
    expect((await scoped().conversations.list({ state: 'inactive' })).map(({ sid }) => sid)).toContain(
      made.sid,
    );
    await expect(scoped().conversations.create({ uniqueName: 'orders-1' })).rejects.toMatchObject({
      status: 409,
      code: 50353,
      message: 'Conversation with provided unique name already exists',
    });
    await conversation.remove();
    await expect(conversation.fetch()).rejects.toMatchObject({ code: 20404 });
  });

  it('serves the default service under the short prefix', async () => {
    const { sid, url, links } = await client.conversations.v1.conversations.create({ friendlyName: 'short' });
    expect(url).toBe(`${listening.url}/v1/Conversations/${sid}`);
    expect(links).toMatchObject({ messages: `${url}/Messages` });
    const message = await client.conversations.v1.conversations(sid).messages.create({ body: 'Hello' });
    expect(message.url).toBe(`${url}/Messages/${message.sid}`);
    expect((await scoped().conversations(sid).messages(message.sid).fetch()).body).toBe('Hello');
  });

  it('keeps participants: chat, SMS and WhatsApp, each pair of addresses once', async () => {
    const { sid } = await scoped().conversations.create();
    const { participants } = scoped().conversations(sid);
    const agent = await participants.create({ identity: 'agent', attributes: '{"role":"agent"}' });
    expect(agent).toMatchObject({ identity: 'agent', messagingBinding: null });
    const pair = { 'messagingBinding.address': '+15550001', 'messagingBinding.proxyAddress': '+15550100' };
    const customer = await participants.create(pair);
    expect(customer.messagingBinding).toEqual({
      type: 'sms',
      address: '+15550001',
      proxy_address: '+15550100',
    });
    expect(await participants('agent').fetch()).toMatchObject({ sid: agent.sid });
    const updated = await participants(agent.sid).update({ lastReadMessageIndex: 0, attributes: '{}' });
    expect(updated).toMatchObject({ lastReadMessageIndex: 0, attributes: '{}' });
    await expect(participants.create({ identity: 'agent' })).rejects.toMatchObject({
      status: 409,
      code: 50433,
    });
    const other = await scoped().conversations.create();
    const taken = scoped().conversations(other.sid).participants.create(pair);
    await expect(taken).rejects.toMatchObject({
      status: 409,
      code: 50416,
      message: expect.stringContaining(sid),
    });
    await scoped().conversations(sid).update({ state: 'closed' });
    expect(await scoped().conversations(other.sid).participants.create(pair)).toMatchObject({
      identity: null,
    });
    expect(await participants.list()).toHaveLength(2);
  });

  it('finds conversations by participant', async () => {
    const { sid } = await scoped().conversations.create({ friendlyName: 'found' });
    await scoped().conversations(sid).participants.create({ identity: 'finder' });
    await scoped().conversations(sid).participants.create({
      'messagingBinding.address': 'whatsapp:+15550002',
      'messagingBinding.proxyAddress': 'whatsapp:+15550100',
    });
    const byIdentity = await scoped().participantConversations.list({ identity: 'finder' });
    const byAddress = await scoped().participantConversations.list({ address: 'whatsapp:+15550002' });
    expect([...byIdentity, ...byAddress].map(({ conversationSid }) => conversationSid)).toEqual([sid, sid]);
    expect(byAddress[0]?.participantMessagingBinding).toMatchObject({ type: 'whatsapp', level: null });
    const both = scoped().participantConversations.list({ identity: 'finder', address: '+15550001' });
    await expect(both).rejects.toMatchObject({ code: 50451 });
  });

  it('creates a conversation with its participants, all or nothing', async () => {
    const made = await scoped().conversationWithParticipants.create({
      friendlyName: 'group',
      participant: ['{"identity":"user1"}', '{"identity":"user2"}'],
    });
    const { participants } = scoped().conversations(made.sid);
    expect((await participants.list()).map(({ identity }) => identity)).toEqual(['user1', 'user2']);
    const before = (await scoped().conversations.list()).length;
    const twice = scoped().conversationWithParticipants.create({
      participant: ['{"identity":"user1"}', '{"identity":"user1"}'],
    });
    await expect(twice).rejects.toMatchObject({ code: 50433 });
    expect(await scoped().conversations.list()).toHaveLength(before);
  });

  it('configures webhooks on account, service and conversation', async () => {
    expect(await scoped().configuration.webhooks().fetch()).toMatchObject({
      postWebhookUrl: null,
      filters: null,
    });
    const onService = await scoped()
      .configuration.webhooks()
      .update({ postWebhookUrl: 'https://example.com/post', filters: ['onMessageAdded'], method: 'POST' });
    expect(onService).toMatchObject({
      postWebhookUrl: 'https://example.com/post',
      filters: ['onMessageAdded'],
    });
    const onAccount = await client.conversations.v1.configuration.webhooks().update({
      preWebhookUrl: 'https://example.com/pre',
      filters: ['onMessageAdd'],
      method: 'GET',
      target: 'flex',
    });
    expect(onAccount).toMatchObject({
      preWebhookUrl: 'https://example.com/pre',
      method: 'GET',
      target: 'flex',
    });
    const { sid } = await scoped().conversations.create();
    const { webhooks } = scoped().conversations(sid);
    const made = await webhooks.create({
      target: 'webhook',
      'configuration.url': 'https://example.com',
      'configuration.filters': ['onMessageAdded'],
      'configuration.method': 'post',
    });
    expect(made.configuration).toEqual({
      url: 'https://example.com',
      method: 'post',
      filters: ['onMessageAdded'],
    });
    const changed = await webhooks(made.sid).update({ 'configuration.method': 'get' });
    expect(changed.configuration).toMatchObject({ method: 'get' });
    expect(await webhooks.list()).toHaveLength(1);
    await webhooks(made.sid).remove();
    expect(await webhooks.list()).toHaveLength(0);
  });

  it('sets retries where Twilio does: on the Chat v2 service', async () => {
    const chat = client.chat.v2.services(service.serviceSid);
    const updated = await chat.update({ preWebhookRetryCount: 1, postWebhookRetryCount: 3 });
    expect(updated).toMatchObject({ preWebhookRetryCount: 1, postWebhookRetryCount: 3 });
    await chat.update({ preWebhookRetryCount: 0, postWebhookRetryCount: 0 });
  });

  it('keeps users, roles, configuration and addresses', async () => {
    const user = await scoped().users.create({ identity: 'clerk', friendlyName: 'A clerk' });
    expect(await scoped().users('clerk').fetch()).toMatchObject({ sid: user.sid, friendlyName: 'A clerk' });
    const { sid } = await scoped().conversations.create();
    await scoped().conversations(sid).participants.create({ identity: 'clerk' });
    const memberships = await scoped().users(user.sid).userConversations.list();
    expect(memberships).toMatchObject([{ conversationSid: sid, unreadMessagesCount: null }]);
    const muted = await scoped()
      .users(user.sid)
      .userConversations(sid)
      .update({ notificationLevel: 'muted' });
    expect(muted.notificationLevel).toBe('muted');
    const role = await scoped().roles.create({
      friendlyName: 'r',
      type: 'conversation',
      permission: ['sendMessage'],
    });
    expect(
      await scoped()
        .roles(role.sid)
        .update({ permission: ['leaveConversation'] }),
    ).toMatchObject({
      permissions: ['leaveConversation'],
    });
    expect(await scoped().configuration().fetch()).toMatchObject({ reachabilityEnabled: false });
    expect(await client.conversations.v1.configuration().fetch()).toMatchObject({
      defaultChatServiceSid: service.serviceSid,
    });
    const address = await client.conversations.v1.addressConfigurations.create({
      type: 'sms',
      address: '+15550100',
      'autoCreation.enabled': true,
      'autoCreation.type': 'webhook',
      'autoCreation.conversationServiceSid': service.serviceSid,
      'autoCreation.webhookUrl': 'https://example.com',
      'autoCreation.webhookMethod': 'post',
      'autoCreation.webhookFilters': ['onMessageAdded'],
    });
    expect(address.autoCreation).toMatchObject({ enabled: true, type: 'webhook', webhook_method: 'POST' });
    await client.conversations.v1.addressConfigurations(address.sid).remove();
  });

  it('keeps content templates and asks for their approval', async () => {
    const { contents } = client.content.v1;
    const types = {
      'twilio/quick-reply': {
        body: 'Track {{1}}?',
        actions: [{ type: 'QUICK_REPLY', title: 'Yes', id: 'y' }],
      },
    };
    const made = await contents.create({
      friendly_name: 'track',
      language: 'en',
      variables: { 1: 'it' },
      types,
    } as never);
    expect(await contents(made.sid).fetch()).toMatchObject({ friendlyName: 'track', types });
    expect((await contents.list({ limit: 100 })).map(({ sid }) => sid)).toContain(made.sid);
    await contents(made.sid).approvalCreate.create({ name: 'track', category: 'UTILITY' });
    expect((await contents(made.sid).approvalFetch().fetch()).whatsapp).toMatchObject({ status: 'approved' });
    expect((await client.content.v1.contentAndApprovals.list({ limit: 100 })).length).toBeGreaterThan(0);
    await contents(made.sid).remove();
    await expect(contents(made.sid).fetch()).rejects.toMatchObject({ code: 20404 });
  });
});

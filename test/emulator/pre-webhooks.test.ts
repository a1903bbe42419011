import { beforeEach, describe, expect, it } from 'vitest';
import { startScene } from './start-scene.ts';
import { eventsOf, HOOK, paramsOf, type TestService } from './start-service.ts';

describe('pre-event webhooks', () => {
  let service: TestService;
  let conversationSid: string;
  let at: string;

  beforeEach(async () => {
    ({ service, conversationSid, at } = await startScene({ channel: 'chat', author: 'customer' }));
    service.configureWebhooks({
      PreWebhookUrl: `${HOOK}/pre`,
      PostWebhookUrl: HOOK,
      Filters: ['onMessageAdd', 'onMessageAdded', 'onMessageUpdate', 'onConversationAdd', 'onParticipantAdd'],
    });
  });

  const answer = (status: number, body = '') => service.answer(() => ({ status, headers: {}, body }));
  const write = () => service.customer.write({ conversationSid, body: 'Hello', attributes: '{"a":1}' });
  const bodies = async () =>
    (await service.rest('GET', `${at}/Messages`)).body.messages.map(
      (message: { body: string }) => message.body,
    );

  it('asks with what is known before there is a message', async () => {
    await write();
    const [asked] = service.sent.map(paramsOf);
    expect(asked).toEqual({
      AccountSid: service.accountSid,
      EventType: 'onMessageAdd',
      Source: 'SDK',
      ClientIdentity: 'customer',
      ConversationSid: conversationSid,
      Body: 'Hello',
      Author: 'customer',
      ParticipantSid: expect.stringMatching(/^MB/),
      Attributes: '{"a":1}',
      RetryCount: '0',
    });
  });

  // The table of Twilio's page, row by row.
  it.each([
    ['200 with nothing', 200, '', ['Hello']],
    ['200 with {}', 200, '{}', ['Hello']],
    ['200 with what is not JSON', 200, 'fine', ['Hello']],
    ['200 with a JSON array', 200, '[]', ['Hello']],
    ['200 with another body', 200, '{"body":"changed"}', ['changed']],
    ['200 with a field it may not change', 200, '{"index":7,"body":7}', ['Hello']],
  ])('publishes after %s', async (_name, status, body, published) => {
    answer(status, body);
    await write();
    expect(await bodies()).toEqual(published);
    expect(eventsOf(service)).toEqual(['onMessageAdd', 'onMessageAdded']);
  });

  it('changes body, author and attributes', async () => {
    answer(200, JSON.stringify({ body: 'b', author: 'somebody', attributes: '{"b":2}' }));
    expect(await write()).toMatchObject({ body: 'b', author: 'somebody', attributes: '{"b":2}' });
  });

  it.each([400, 403, 406, 412, 429, 500, 502, 503])(
    'refuses after %i, and nobody hears of it',
    async (status) => {
      answer(status, '{"body":"changed"}');
      await expect(write()).rejects.toMatchObject({ twilioCode: 50056 });
      expect(await bodies()).toEqual([]);
      expect(eventsOf(service)).toEqual(['onMessageAdd']);
    },
  );

  it('publishes unmodified after five seconds without an answer', async () => {
    service.answer((webhook) =>
      webhook.url.endsWith('/pre') ? new Promise(() => {}) : { status: 200, headers: {}, body: '' },
    );
    const written = write();
    await service.clock.advance(4999);
    expect(await bodies()).toEqual([]);
    await service.clock.advance(1);
    expect(await written).toMatchObject({ body: 'Hello' });
  });

  it.each([
    ['attributes that are not JSON', '{"attributes":"{"}', 50304],
    ['a body that is too long', JSON.stringify({ body: 'x'.repeat(33_000) }), 50504],
    ['an author that is too long', JSON.stringify({ author: 'x'.repeat(257) }), 50310],
  ])('gives the client the error of %s', async (_name, changes, code) => {
    answer(200, changes);
    await expect(write()).rejects.toMatchObject({ twilioCode: code });
    expect(await bodies()).toEqual([]);
  });

  it.each([
    ['preWebhookOtherStatus', 204],
    ['preWebhookOtherStatus', 302],
  ] as const)('leaves %s to a setting for %i', async (setting, status) => {
    answer(status);
    await expect(write()).rejects.toMatchObject({ twilioCode: 50056 });
    service.changeSettings({ [setting]: 'publish' });
    expect(await write()).toMatchObject({ body: 'Hello' });
  });

  it('leaves a webhook that cannot be reached to a setting', async () => {
    service.answer(() => Promise.reject(new Error('refused')));
    await expect(write()).rejects.toMatchObject({ twilioCode: 50056 });
    service.changeSettings({ preWebhookUnreachable: 'publish' });
    expect(await write()).toMatchObject({ body: 'Hello' });
  });

  it('is not asked about REST writes, unless the setting and the header say so', async () => {
    const header = { 'x-twilio-webhook-enabled': 'true' };
    answer(403);
    expect((await service.rest('POST', `${at}/Messages`, { Body: 'a' }, header)).status).toBe(201);
    service.changeSettings({ preWebhooksForRest: true });
    expect((await service.rest('POST', `${at}/Messages`, { Body: 'b' })).status).toBe(201);
    const refused = await service.rest('POST', `${at}/Messages`, { Body: 'c' }, header);
    expect(refused).toMatchObject({ status: 400, body: { code: 50056 } });
    expect(await bodies()).toEqual(['a', 'b']);
  });

  it('may rename a conversation that is about to be', async () => {
    answer(200, '{"friendly_name":"renamed"}');
    const { conversation } = await service.customer.startConversation({
      channel: 'sms',
      friendlyName: 'first',
    });
    expect(conversation['friendly_name']).toBe('renamed');
  });

  it('may refuse a conversation and a participant', async () => {
    answer(403);
    await expect(service.customer.startConversation({ channel: 'sms' })).rejects.toMatchObject({
      twilioCode: 50056,
    });
    await expect(service.customer.join({ conversationSid, identity: 'agent' })).rejects.toMatchObject({
      twilioCode: 50056,
    });
    expect((await service.rest('GET', `${at}/Participants`)).body.participants).toHaveLength(1);
  });

  it('is tried again as often as Chat v2 says', async () => {
    await service.rest('POST', `/v2/Services/${service.serviceSid}`, { PreWebhookRetryCount: '2' });
    let calls = 0;
    service.answer((webhook) => {
      if (webhook.url.endsWith('/pre')) calls += 1;
      return { status: calls < 3 ? 503 : 200, headers: {}, body: '' };
    });
    const written = write();
    await service.clock.advance(10_000);
    expect(await written).toMatchObject({ body: 'Hello' });
    expect(service.sent.map((webhook) => paramsOf(webhook)['RetryCount'])).toEqual(['0', '1', '2', '0']);
  });

  it('cannot bring a message into a conversation that was closed or deleted meanwhile', async () => {
    for (const change of ['close', 'delete'] as const) {
      const { conversation } = await service.customer.startConversation({
        channel: 'chat',
        author: 'customer',
      });
      const path = `/v1/Services/${service.serviceSid}/Conversations/${conversation['sid']}`;
      service.answer(async (webhook) => {
        if (webhook.url.endsWith('/pre')) {
          await (change === 'close'
            ? service.rest('POST', path, { State: 'closed' })
            : service.rest('DELETE', path));
        }
        return { status: 200, headers: {}, body: '' };
      });
      const late = service.customer.write({ conversationSid: String(conversation['sid']), body: 'late' });
      await expect(late).rejects.toMatchObject({ twilioCode: change === 'close' ? 50377 : 20404 });
      service.answer(() => ({ status: 200, headers: {}, body: '' }));
    }
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { startScene } from './start-scene.ts';
import { eventsOf, type Hook, paramsOf, type TestService } from './start-service.ts';

describe('who hears of an event', () => {
  let service: TestService;
  let conversationSid: string;
  let base: string;
  let at: string;

  beforeEach(async () => {
    ({ service, conversationSid, base, at } = await startScene({ channel: 'sms' }));
  });

  const urls = () => service.sent.map(({ url }) => url);
  const write = (body = 'Hello') => service.customer.write({ conversationSid, body });
  const configure = (path: string, form: Record<string, string | string[]>) =>
    service.rest('POST', path, form);

  it('the account, for services that have no webhooks of their own', async () => {
    await configure('/v1/Configuration/Webhooks', {
      PostWebhookUrl: 'https://example.com/account',
      Filters: 'onMessageAdded',
    });
    await write();
    expect(urls()).toEqual(['https://example.com/account']);
  });

  it('only the service as soon as it has a webhook, even when it does not filter the event', async () => {
    await configure('/v1/Configuration/Webhooks', {
      PostWebhookUrl: 'https://example.com/account',
      Filters: 'onMessageAdded',
    });
    await configure(`${base}/Configuration/Webhooks`, {
      PostWebhookUrl: 'https://example.com/service',
      Filters: 'onMessageUpdated',
    });
    await write();
    expect(urls()).toEqual([]);
    await configure(`${base}/Configuration/Webhooks`, { Filters: ['onMessageAdded', 'onMessageUpdated'] });
    await write();
    expect(urls()).toEqual(['https://example.com/service']);
  });

  it('nobody without filters', async () => {
    await configure(`${base}/Configuration/Webhooks`, { PostWebhookUrl: 'https://example.com/service' });
    await write();
    expect(urls()).toEqual([]);
  });

  it('the conversation’s own webhooks beside the service, unless the setting says instead', async () => {
    await configure(`${base}/Configuration/Webhooks`, {
      PostWebhookUrl: 'https://example.com/service',
      Filters: 'onMessageAdded',
    });
    await configure(`${at}/Webhooks`, {
      Target: 'webhook',
      'Configuration.Url': 'https://example.com/scoped',
      'Configuration.Method': 'post',
      'Configuration.Filters': 'onMessageAdded',
    });
    await write();
    expect(urls()).toEqual(['https://example.com/service', 'https://example.com/scoped']);
    service.changeSettings({ scopedBesideService: false });
    await write();
    expect(urls().slice(2)).toEqual(['https://example.com/service']);
  });

  it('a trigger when the body has one of its words, and Studio never over HTTP', async () => {
    await configure(`${at}/Webhooks`, {
      Target: 'trigger',
      'Configuration.Url': 'https://example.com/trigger',
      'Configuration.Method': 'post',
      'Configuration.Triggers': ['order', 'help'],
    });
    await configure(`${at}/Webhooks`, { Target: 'studio', 'Configuration.FlowSid': `FW${'0'.repeat(32)}` });
    await write('Hello');
    await write('my order 12345');
    expect(service.sent.map((webhook) => paramsOf(webhook)['Body'])).toEqual(['my order 12345']);
  });

  it('five scoped webhooks at most', async () => {
    const form = {
      Target: 'webhook',
      'Configuration.Url': 'https://example.com',
      'Configuration.Filters': 'onMessageAdded',
    };
    for (let n = 0; n < 5; n += 1) expect((await configure(`${at}/Webhooks`, form)).status).toBe(201);
    expect((await configure(`${at}/Webhooks`, form)).body).toMatchObject({ code: 50361, status: 400 });
  });

  it('a new scoped webhook of the messages from ReplayAfter on', async () => {
    for (const body of ['zero', 'one', 'two', 'three']) await write(body);
    await configure(`${at}/Webhooks`, {
      Target: 'webhook',
      'Configuration.Url': 'https://example.com/scoped',
      'Configuration.Method': 'post',
      'Configuration.Filters': 'onMessageAdded',
      'Configuration.ReplayAfter': '2',
    });
    expect(service.sent.map((webhook) => paramsOf(webhook))).toMatchObject([
      { Body: 'two', Index: '2', Source: 'SMS' },
      { Body: 'three', Index: '3', Source: 'SMS' },
    ]);
  });

  describe('tries again', () => {
    const answers = (...statuses: number[]): Hook => {
      const left = statuses.values();
      return () => ({ status: left.next().value ?? 200, headers: {}, body: '' });
    };
    beforeEach(() =>
      configure(`${base}/Configuration/Webhooks`, {
        PostWebhookUrl: 'https://example.com',
        Filters: 'onMessageAdded',
      }),
    );
    const retries = (count: number) =>
      configure(`/v2/Services/${service.serviceSid}`, { PostWebhookRetryCount: String(count) });

    it('never by default', async () => {
      service.answer(answers(503));
      await write();
      await service.clock.advance(60_000);
      expect(eventsOf(service)).toHaveLength(1);
    });

    it.each([429, 503, 504])(
      'after %i, as often as configured, with a growing RetryCount and one token',
      async (status) => {
        await retries(2);
        service.answer(answers(status, status, status, status));
        await write();
        await service.clock.advance(60_000);
        expect(service.sent.map((webhook) => paramsOf(webhook)['RetryCount'])).toEqual(['0', '1', '2']);
        expect(new Set(service.sent.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(
          1,
        );
      },
    );

    it('after five seconds without an answer', async () => {
      await retries(1);
      service.answer(() => new Promise(() => {}));
      await write();
      await service.clock.advance(4999);
      expect(service.told.filter(({ kind }) => kind === 'webhook.answered')).toEqual([]);
      await service.clock.advance(60_000);
      const outcomes = service.told.flatMap((told) =>
        told.kind === 'webhook.answered' ? [told.outcome] : [],
      );
      expect(outcomes).toEqual(['timeout', 'timeout']);
    });

    it.each([200, 400, 403, 500, 502])('not after %i', async (status) => {
      await retries(3);
      service.answer(answers(status, 200));
      await write();
      await service.clock.advance(60_000);
      expect(eventsOf(service)).toHaveLength(1);
    });

    it('not when nobody is there', async () => {
      await retries(3);
      service.answer(() => Promise.reject(new Error('refused')));
      await write();
      await service.clock.advance(60_000);
      expect(eventsOf(service)).toHaveLength(1);
    });

    it('with a token for each attempt, if the setting says so', async () => {
      service.changeSettings({ idempotencyTokenOnRetry: 'new' });
      await retries(1);
      service.answer(answers(503));
      await write();
      await service.clock.advance(60_000);
      expect(new Set(service.sent.map(({ headers }) => headers['i-twilio-idempotency-token'])).size).toBe(2);
    });
  });
});

describe('a webhook that is replayed', () => {
  const sentBy = (service: TestService) =>
    service
      .since(0)
      .flatMap((one) => (one.kind === 'webhook.sent' ? [{ id: one.id, phase: one.phase }] : []));
  const replay = (service: TestService, id: string) =>
    service.json('POST', `/control/webhooks/${id}/replay`, {});

  it.each([
    ['post', 'https://example.com/scoped?a=b'],
    ['get', 'https://shop:secret@example.com/scoped?a=b'],
  ])('by %s is the same to the last byte, and answered as any other', async (method, url) => {
    const { service, conversationSid, at } = await startScene({ channel: 'sms' });
    await service.rest('POST', `${at}/Webhooks`, {
      Target: 'webhook',
      'Configuration.Url': url,
      'Configuration.Method': method,
      'Configuration.Filters': 'onMessageAdded',
    });
    await service.customer.write({ conversationSid, body: 'Hello' });
    await service.idle();
    const { status, body } = await replay(service, sentBy(service)[0]?.id ?? '');
    await service.idle();
    expect([status, sentBy(service)[1]?.id]).toEqual([200, body.id]);
    expect(service.sent).toHaveLength(2);
    expect(service.sent[1]).toEqual(service.sent[0]);
    expect(service.since(0).findLast(({ kind }) => kind === 'webhook.answered')).toMatchObject({
      id: body.id,
      outcome: 'answered',
    });
  });

  it('has to be one that was sent, and asked for nothing', async () => {
    const { service, conversationSid, base } = await startScene({ channel: 'sms' });
    expect(await replay(service, 'nowhere')).toMatchObject({ status: 404, body: { code: 20404 } });
    await service.rest('POST', `${base}/Configuration/Webhooks`, {
      PreWebhookUrl: 'https://example.com/pre',
      Filters: 'onMessageAdd',
    });
    await service.customer.write({ conversationSid, body: 'Hello' });
    const [asked] = sentBy(service);
    expect(asked?.phase).toBe('pre');
    expect(await replay(service, asked?.id ?? '')).toMatchObject({ status: 400, body: { code: 20001 } });
  });
});

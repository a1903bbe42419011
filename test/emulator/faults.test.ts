import twilio from 'twilio';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultInput } from '../../emulator/faults/fault.ts';
import { startScene } from './start-scene.ts';
import { AUTH_TOKEN, eventsOf, HOOK, paramsOf, settle, type TestService } from './start-service.ts';

describe('faults on demand', () => {
  let service: TestService;
  let conversationSid: string;
  let messages: string;

  beforeEach(async () => {
    const scene = await startScene();
    ({ service, conversationSid } = scene);
    messages = `${scene.at}/Messages`;
    await service.customer.write({ conversationSid, body: 'first' });
  });

  const arm = (fault: object) => service.faults.arm(fault as FaultInput);
  const post = async (body = 'Hello') =>
    service.handle({
      method: 'POST',
      url: messages,
      headers: { authorization: service.authorization },
      body: new TextEncoder().encode(`Body=${body}`),
    });
  const bodies = async (): Promise<string[]> =>
    (await service.rest('GET', messages)).body.messages.map((message: { body: string }) => message.body);
  const text = (response: { body: Uint8Array }) => new TextDecoder().decode(response.body);

  describe('of requests', () => {
    it('429 without and with Retry-After: nothing is done', async () => {
      arm({ kind: 'rate-limit' });
      arm({ kind: 'rate-limit', retryAfterSeconds: 7 });
      const [without, with7] = [await post(), await post()];
      expect([without.status, without.headers['retry-after']]).toEqual([429, undefined]);
      expect([with7.status, with7.headers['retry-after']]).toEqual([429, '7']);
      expect(JSON.parse(text(without))).toMatchObject({ code: 20429, status: 429 });
      expect(await bodies()).toEqual(['first']);
    });

    it.each([
      ['before', ['first']],
      ['after', ['first', 'Hello']],
    ])('5xx %s the write', async (when, left) => {
      arm({ kind: 'error', status: 502, when });
      const response = await post();
      expect(response.status).toBe(502);
      expect(JSON.parse(text(response))).toMatchObject({ code: 20500, status: 502 });
      expect(await bodies()).toEqual(left);
    });

    it('any error of the table', async () => {
      arm({ kind: 'error', code: 50377 });
      expect(JSON.parse(text(await post()))).toMatchObject({ code: 50377, status: 400 });
    });

    it.each([
      ['before', ['first']],
      ['after', ['first', 'Hello']],
    ])('a reset %s the write', async (when, left) => {
      arm({ kind: 'reset', when });
      expect((await post()).transport).toEqual({ kind: 'reset' });
      expect(await bodies()).toEqual(left);
    });

    it('a slow answer to a write that is done at once', async () => {
      arm({ kind: 'slow', ms: 3000 });
      let answered = false;
      void post().then(() => {
        answered = true;
      });
      await settle();
      expect(await bodies()).toEqual(['first', 'Hello']);
      await service.clock.advance(2999);
      expect(answered).toBe(false);
      await service.clock.advance(1);
      expect(answered).toBe(true);
    });

    it('a dripping answer', async () => {
      arm({ kind: 'drip', bytesPerSecond: 5 });
      const response = await post();
      expect(response).toMatchObject({ status: 201, transport: { kind: 'drip', bytesPerSecond: 5 } });
    });

    it.each([
      ['never', ['first'], ['first']],
      ['at-once', ['first', 'Hello'], ['first', 'Hello']],
      ['late', ['first'], ['first', 'Hello']],
    ])('no answer, with a write that is done %s', async (commit, atFirst, later) => {
      arm({ kind: 'timeout', commit, commitAfterMs: 30_000 });
      expect((await post()).transport).toEqual({ kind: 'hang' });
      expect(await bodies()).toEqual(atFirst);
      await service.clock.advance(29_999);
      expect(await bodies()).toEqual(atFirst);
      await service.clock.advance(1);
      expect(await bodies()).toEqual(later);
    });

    it('a late commit waits for frozen time to be moved', async () => {
      service.timeline.freeze();
      arm({ kind: 'timeout', commit: 'late', commitAfterMs: 30_000 });
      await post();
      await service.clock.advance(60_000);
      expect(await bodies()).toEqual(['first']);
      service.timeline.move(30_000);
      await settle();
      expect(await bodies()).toEqual(['first', 'Hello']);
    });

    it.each([
      ['truncated', /^\{"sid":"IM.*[^}]$/],
      ['html', /^<html>/],
      ['empty', /^$/],
    ])('an answer that is %s, to a write that is done', async (body, shown) => {
      arm({ kind: 'garbage', body });
      const response = await post();
      expect(response.status).toBe(201);
      expect(text(response)).toMatch(shown);
      expect(await bodies()).toEqual(['first', 'Hello']);
    });

    it('a list that lags behind', async () => {
      await service.clock.advance(5000);
      await post();
      arm({ kind: 'stale-list', lagMs: 2000 });
      expect((await service.rest('GET', messages.replace('Messages', 'Participants'))).status).toBe(200);
      expect(await bodies()).toEqual(['first']);
      expect(await bodies()).toEqual(['first', 'Hello']);
    });

    it('only the requests that match', async () => {
      arm({ kind: 'rate-limit', operation: 'messages.create', times: null });
      expect((await service.rest('GET', messages)).status).toBe(200);
      expect((await post()).status).toBe(429);
      service.faults.clear();
      arm({ kind: 'rate-limit', method: 'GET', path: '/Participants', times: null });
      expect((await service.rest('GET', messages)).status).toBe(200);
      expect((await service.rest('GET', messages.replace('Messages', 'Participants'))).status).toBe(429);
    });

    it('a number of times, a share, or until switched off', async () => {
      const strikes = async (count: number) => {
        let struck = 0;
        for (let n = 0; n < count; n += 1)
          if ((await service.rest('GET', messages)).status === 500) struck += 1;
        return struck;
      };
      arm({ kind: 'error', times: 3 });
      expect(await strikes(10)).toBe(3);
      const share = arm({ kind: 'error', share: 0.25, times: null });
      const struck = await strikes(400);
      expect(struck).toBeGreaterThan(60);
      expect(struck).toBeLessThan(140);
      expect(service.faults.disarm(share.id)).toBe(true);
      expect(await strikes(10)).toBe(0);
      expect(service.faults.disarm(share.id)).toBe(false);
    });

    it('is told with the request it struck', async () => {
      arm({ kind: 'reset', when: 'after' });
      await post();
      const requests = service.told.flatMap((told) => (told.kind === 'request' ? [told] : []));
      expect(requests.at(-1)).toMatchObject({
        operation: 'messages.create',
        fault: 'reset',
        transport: 'reset',
      });
      const changes = service.told.flatMap((told) => (told.kind === 'fault' ? [told.change] : []));
      expect(changes).toEqual(['armed', 'applied']);
    });
  });

  describe('of webhooks', () => {
    const write = (body: string) => service.customer.write({ conversationSid, body });
    const heard = () => service.sent.map((webhook) => paramsOf(webhook)['Body']);
    beforeEach(() =>
      service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded', 'onMessageUpdated'] }),
    );

    it('dropped', async () => {
      arm({ kind: 'webhook-drop' });
      await write('a');
      await write('b');
      await service.clock.advance(60_000);
      expect(heard()).toEqual(['b']);
      expect(service.told).toContainEqual(
        expect.objectContaining({ kind: 'webhook.answered', outcome: 'dropped' }),
      );
    });

    it('doubled, every copy alike', async () => {
      arm({ kind: 'webhook-duplicate', copies: 2 });
      await write('a');
      expect(heard()).toEqual(['a', 'a', 'a']);
      expect(new Set(service.sent.map(({ body }) => body)).size).toBe(1);
    });

    it('delayed', async () => {
      arm({ kind: 'webhook-delay', ms: 3000 });
      await write('a');
      await write('b');
      expect(heard()).toEqual(['b']);
      await service.clock.advance(3000);
      expect(heard()).toEqual(['b', 'a']);
    });

    it('swapped with the next one', async () => {
      arm({ kind: 'webhook-reorder' });
      await write('a');
      expect(heard()).toEqual([]);
      await write('b');
      expect(heard()).toEqual(['b', 'a']);
    });

    it('swapped, and let go in the end when no other comes', async () => {
      arm({ kind: 'webhook-reorder', holdMs: 1000 });
      await write('a');
      await service.clock.advance(1000);
      expect(heard()).toEqual(['a']);
      await service.clock.advance(1000);
      await write('b');
      expect(heard()).toEqual(['a', 'b']);
    });

    it('with a parameter that nobody knows, signed like the others, on every try', async () => {
      await service.rest('POST', `/v2/Services/${service.serviceSid}`, { PostWebhookRetryCount: '1' });
      service.answer(() => ({ status: 503, headers: {}, body: '' }));
      arm({ kind: 'webhook-parameter' });
      await write('a');
      await service.clock.advance(1000);
      await write('b');
      const news = service.sent.map((webhook) => paramsOf(webhook)['UnknownParameter']);
      expect(news).toEqual(['unknown', 'unknown', undefined]);
      for (const { headers, body } of service.sent) {
        const params = Object.fromEntries(new URLSearchParams(body));
        const signature = headers['x-twilio-signature'] ?? '';
        expect(twilio.validateRequest(AUTH_TOKEN, signature, HOOK, params)).toBe(true);
      }
    });

    it('with a parameter of any name and value, a known one a second time, too', async () => {
      arm({ kind: 'webhook-parameter', name: 'Channel.Metadata', value: '{"a":1}' });
      arm({ kind: 'webhook-parameter', name: 'Body', value: 'second' });
      await write('a');
      await write('b');
      const [first, second] = service.sent.map(({ body }) => new URLSearchParams(body));
      expect(first?.get('Channel.Metadata')).toBe('{"a":1}');
      expect(second?.getAll('Body')).toEqual(['b', 'second']);
    });

    it('with a parameter that nobody knows before something happens', async () => {
      service.configureWebhooks({ PreWebhookUrl: `${HOOK}/pre`, Filters: ['onMessageAdd'] });
      arm({ kind: 'webhook-drop' });
      arm({ kind: 'webhook-parameter', event: 'onMessageAdd' });
      await write('a');
      expect(service.sent.map((webhook) => paramsOf(webhook)['UnknownParameter'])).toEqual(['unknown']);
      expect(service.faults.list()).toHaveLength(1);
    });

    it.each(['', '1st', 'a b', 'a=b', 'ä'])('refuse the parameter name %j', (name) => {
      expect(() => arm({ kind: 'webhook-parameter', name })).toThrow('name');
    });

    it('of one event, or to one address', async () => {
      arm({ kind: 'webhook-drop', event: 'onMessageUpdated' });
      arm({ kind: 'webhook-drop', url: 'elsewhere' });
      const { sid } = await write('a');
      await service.customer.edit({ conversationSid, messageSid: String(sid), body: 'b' });
      expect(eventsOf(service)).toEqual(['onMessageAdded']);
      expect(service.faults.list()).toHaveLength(1);
    });
  });

  describe('of deliveries', () => {
    const statuses = async () => {
      const { sid } = JSON.parse(text(await post()));
      await service.clock.advance(10_000);
      const { body } = await service.rest('GET', `${messages}/${sid}/Receipts`);
      return body.delivery_receipts.map((receipt: { status: string; error_code: number }) => [
        receipt.status,
        receipt.error_code,
      ]);
    };

    it('a leg fails with a chosen code, the next one arrives', async () => {
      arm({ kind: 'delivery-failure', errorCode: 63018, status: 'undelivered', channel: 'whatsapp' });
      expect(await statuses()).toEqual([['undelivered', 63018]]);
      expect(await statuses()).toEqual([['read', 0]]);
    });

    it('another channel’s legs are left alone', async () => {
      arm({ kind: 'delivery-failure', errorCode: 30003, channel: 'sms' });
      expect(await statuses()).toEqual([['read', 0]]);
      expect(service.faults.list()).toHaveLength(1);
    });
  });
});

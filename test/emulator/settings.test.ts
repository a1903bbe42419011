import { beforeEach, describe, expect, it } from 'vitest';
import { startScene } from './start-scene.ts';
import { HOOK, lastParams, type TestService } from './start-service.ts';

/** Settings that no other test of their subject changes. */
describe('settings', () => {
  let service: TestService;
  let conversationSid: string;
  let path: string;

  beforeEach(async () => {
    ({ service, conversationSid } = await startScene());
    path = `/v1/Conversations/${conversationSid}/Messages`;
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded'] });
  });

  const last = () => lastParams(service);

  it('mediaOnlyBody sends an empty Body with media', async () => {
    service.changeSettings({ mediaOnlyBody: 'empty' });
    await service.customer.write({ conversationSid, media: [{ contentType: 'image/png' }] });
    expect(last()['Body']).toBe('');
  });

  it('sources names a channel', async () => {
    service.changeSettings({ sources: { whatsapp: 'whatsapp' } });
    await service.customer.write({ conversationSid, body: 'Hello' });
    expect(last()['Source']).toBe('whatsapp');
  });

  it('webhookHeader can want exactly true', async () => {
    service.changeSettings({ webhookHeader: 'exact' });
    for (const value of ['True', 'true'])
      await service.rest('POST', path, {}, { 'x-twilio-webhook-enabled': value });
    expect(service.sent).toHaveLength(1);
  });

  it('actionsPerSecond counts writes of one conversation and one second', async () => {
    service.changeSettings({ actionsPerSecond: 2, retryAfterSeconds: 1 });
    const { body: other } = await service.rest('POST', '/v1/Conversations');
    const statuses = [];
    for (const at of [path, path, path, `/v1/Conversations/${other.sid}/Messages`]) {
      statuses.push((await service.rest('POST', at)).status);
    }
    expect(statuses).toEqual([201, 201, 429, 201]);
    expect((await service.rest('GET', path)).status).toBe(200);
    const refused = await service.rest('POST', path);
    expect([refused.body.code, refused.headers['retry-after']]).toEqual([50063, '1']);
    await service.clock.advance(1000);
    expect((await service.rest('POST', path)).status).toBe(201);
  });

  it('webhookRetryBackoffMs says how long to wait before each retry, the last one again and again', async () => {
    service.changeSettings({ webhookRetryBackoffMs: [100, 1000] });
    await service.rest('POST', `/v2/Services/${service.serviceSid}`, { PostWebhookRetryCount: '3' });
    service.answer(() => ({ status: 503, headers: {}, body: '' }));
    await service.customer.write({ conversationSid, body: 'Hello' });
    const counts = [];
    for (const ms of [99, 1, 999, 1, 999, 1]) {
      await service.clock.advance(ms);
      counts.push(service.sent.length);
    }
    expect(counts).toEqual([1, 2, 2, 3, 3, 4]);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { Told } from '../../emulator/happenings.ts';
import { startScene } from './start-scene.ts';
import { HOOK, type TestService } from './start-service.ts';

describe('what can be watched', () => {
  let service: TestService;
  let conversationSid: string;
  let path: string;

  beforeEach(async () => {
    ({ service, conversationSid } = await startScene());
    path = `/v1/Conversations/${conversationSid}/Messages`;
    service.told.length = 0;
  });

  it('a request with its path, headers, form and answer, and without its credentials', async () => {
    const { body } = await service.rest(
      'POST',
      `${path}?a=b`,
      { Body: 'Hello', Author: 'bot' },
      { 'x-twilio-webhook-enabled': 'false' },
    );
    const request = service.told.find(({ kind }) => kind === 'request');
    expect(request).toEqual({
      kind: 'request',
      seq: expect.any(Number),
      at: service.clock.now(),
      id: expect.stringMatching(/^RQ/),
      method: 'POST',
      path: `${path}?a=b`,
      operation: 'messages.create',
      headers: { 'x-twilio-webhook-enabled': 'false' },
      form: [
        ['Body', 'Hello'],
        ['Author', 'bot'],
      ],
      status: 201,
      answer: body,
      fault: undefined,
      transport: 'answered',
    });
    expect(JSON.stringify(service.told)).not.toContain('local-auth-token');
  });

  it('a request that was refused, and one that leads nowhere', async () => {
    await service.rest('POST', path, { Attributes: '{' });
    await service.rest('GET', '/v1/Nothing');
    const requests = service.told.flatMap((told) =>
      told.kind === 'request' ? [[told.operation, told.status]] : [],
    );
    expect(requests).toEqual([
      ['messages.create', 400],
      [undefined, 404],
    ]);
  });

  it('a webhook when it leaves and when it was answered', async () => {
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded'] });
    service.answer(() => ({ status: 403, headers: {}, body: 'no' }));
    await service.customer.write({ conversationSid, body: 'Hello' });
    await service.idle();
    const [sent, answered] = service.told.filter(({ kind }) => kind.startsWith('webhook.'));
    expect(sent).toMatchObject({
      kind: 'webhook.sent',
      event: 'onMessageAdded',
      phase: 'post',
      level: 'service',
      attempt: 0,
      method: 'POST',
      url: HOOK,
      params: expect.arrayContaining([['Body', 'Hello']]),
    });
    expect(answered).toMatchObject({
      kind: 'webhook.answered',
      outcome: 'answered',
      status: 403,
      body: 'no',
      attempt: 0,
    });
    expect(sent?.kind === 'webhook.sent' && sent.id).toBe(
      answered?.kind === 'webhook.answered' && answered.id,
    );
  });

  it('messages, receipts and whatever else changes, as REST would show them', async () => {
    const { body } = await service.rest('POST', path, { Body: 'Hello' });
    await service.clock.advance(5000);
    const changes = service.told.flatMap((told) =>
      'resource' in told ? [[told.kind, told.change, told.resource['status'] ?? told.resource['sid']]] : [],
    );
    expect(changes).toEqual([
      ['message', 'added', body.sid],
      ['receipt', 'updated', 'sent'],
      ['receipt', 'updated', 'failed'],
    ]);
  });

  it('from the moment one subscribes until one has enough', async () => {
    const seen: Told[] = [];
    const stop = service.subscribe((told) => seen.push(told));
    await service.rest('GET', path);
    stop();
    await service.rest('GET', path);
    expect(seen).toHaveLength(1);
  });

  it('numbered, and kept for those who come later', async () => {
    await service.rest('GET', path);
    const [first] = service.told;
    await service.rest('GET', path);
    expect(service.since(first?.seq ?? 0)).toEqual(service.told.slice(1));
    for (let n = 0; n < 11_000; n += 1) await service.rest('GET', '/v1/Nothing');
    const kept = service.since(0);
    expect(kept.length).toBeGreaterThanOrEqual(5000);
    expect(kept.length).toBeLessThanOrEqual(10_000);
    expect(kept.at(-1)).toBe(service.told.at(-1));
  });

  it('by listeners that fail, without harm to anybody else', async () => {
    service.subscribe(() => {
      throw new Error('broken page');
    });
    expect((await service.rest('POST', path, { Body: 'Hello' })).status).toBe(201);
    expect(service.told.filter(({ kind }) => kind === 'message')).toHaveLength(1);
    const defect = service.told.find(({ kind }) => kind === 'defect');
    expect(defect).toMatchObject({ error: 'a listener failed: Error: broken page' });
  });
});

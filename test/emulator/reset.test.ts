import { beforeEach, describe, expect, it } from 'vitest';
import { ACCOUNT_SID, AUTH_TOKEN, basic, startService, type TestService } from './start-service.ts';

describe('POST /control/reset', () => {
  let service: TestService;
  const reset = () => service.json('POST', '/control/reset');
  const conversations = async () =>
    (await service.rest('GET', '/v1/Conversations')).body.conversations.map(
      ({ unique_name }: { unique_name: string }) => unique_name,
    );

  beforeEach(() => {
    service = startService();
  });

  it('leads back to an empty account under the same SIDs', async () => {
    const { serviceSid } = service;
    await service.rest('POST', '/v1/Conversations', { UniqueName: 'later' });
    await service.rest('POST', '/v1/Services', { FriendlyName: 'another' });
    expect((await reset()).status).toBe(204);
    expect(await conversations()).toEqual([]);
    expect(service.serviceSid).toBe(serviceSid);
    expect((await service.rest('GET', '/v1/Services')).body.services).toHaveLength(1);
  });

  it('leads back to what was kept as the start, as often as it is asked', async () => {
    await service.rest('POST', '/v1/Conversations', { UniqueName: 'seeded' });
    service.keepAsStart();
    for (const unique of ['a', 'b']) {
      await service.rest('POST', '/v1/Conversations', { UniqueName: unique });
      await service.rest('DELETE', '/v1/Conversations/seeded');
      await reset();
      expect(await conversations()).toEqual(['seeded']);
    }
  });

  it('switches faults off and puts settings, auth tokens and the clock back', async () => {
    const began = service.timeline.now();
    await service.json('POST', '/control/faults', { kind: 'error', times: null });
    await service.json('POST', '/control/settings', { actionsPerSecond: 1, longBody: 'fail-delivery' });
    await service.json('POST', '/control/time', { frozen: true, moveMs: 86_400_000 });
    await service.json('POST', '/control/tokens/secondary', { authToken: 'another' });
    await service.json('POST', '/control/tokens/promote');
    await reset();
    expect(service.faults.list()).toEqual([]);
    expect(service.settings).toMatchObject({ actionsPerSecond: 30, longBody: 'refuse' });
    expect([service.timeline.now(), service.timeline.frozen]).toEqual([began, false]);
    expect(service.authTokens).toEqual([AUTH_TOKEN]);
    const authorization = basic(ACCOUNT_SID, 'another');
    expect((await service.rest('GET', '/v1/Services', {}, { authorization })).status).toBe(401);
  });

  it('lets nothing of before happen later, and takes up what was under way at the start', async () => {
    const { conversation } = await service.customer.startConversation({ channel: 'sms' });
    const path = `/v1/Conversations/${conversation['sid']}/Messages`;
    const written = await service.rest('POST', path, { Body: 'kept' });
    service.keepAsStart();
    await service.rest('POST', path, { Body: 'gone' });
    await reset();
    await service.clock.advance(10_000);
    const { body } = await service.rest('GET', `${path}/${written.body.sid}/Receipts`);
    expect(body.delivery_receipts[0].status).toBe('delivered');
    expect(service.told.filter(({ kind }) => kind === 'defect')).toEqual([]);
  });

  it('counts actions anew', async () => {
    await service.json('POST', '/control/settings', { actionsPerSecond: 2 });
    service.keepAsStart();
    const create = async () => (await service.rest('POST', '/v1/Conversations')).status;
    expect([await create(), await create(), await create()]).toEqual([201, 201, 429]);
    await reset();
    expect(await create()).toBe(201);
  });
});

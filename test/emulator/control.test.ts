import { beforeEach, describe, expect, it } from 'vitest';
import { startService, type TestService } from './start-service.ts';

describe('the control interface', () => {
  let service: TestService;

  beforeEach(() => {
    service = startService();
  });

  const control = (method: string, path: string, value?: unknown, headers: Record<string, string> = {}) =>
    service.json(method, `/control/${path}`, value, headers);

  it('arms, shows and removes faults', async () => {
    const { status, body: fault } = await control('POST', 'faults', {
      kind: 'rate-limit',
      share: 0.5,
      times: null,
    });
    expect([status, fault]).toEqual([
      200,
      { kind: 'rate-limit', share: 0.5, times: null, id: expect.stringMatching(/^FL/) },
    ]);
    expect((await control('GET', 'faults')).body).toEqual({ faults: [fault] });
    expect((await control('DELETE', `faults/${fault.id}`)).status).toBe(204);
    expect((await control('DELETE', `faults/${fault.id}`)).status).toBe(404);
    await control('POST', 'faults', { kind: 'webhook-drop' });
    await control('DELETE', 'faults');
    expect((await control('GET', 'faults')).body).toEqual({ faults: [] });
  });

  it.each([
    ['an unknown kind', { kind: 'earthquake' }, 'kind'],
    ['a missing part', { kind: 'slow' }, 'ms'],
    ['a slip of the pen', { kind: 'reset', tmies: 3 }, 'tmies'],
    ['a share above one', { kind: 'reset', share: 2 }, 'share'],
    ['an error Twilio does not have', { kind: 'error', code: 1 }, 'code'],
  ])('refuses %s in a fault and names it', async (_name, fault, named) => {
    const { status, body } = await control('POST', 'faults', fault);
    expect([status, body.code]).toEqual([400, 20001]);
    expect(body.message).toContain(named);
  });

  it('shows and changes settings', async () => {
    expect((await control('GET', 'settings')).body).toMatchObject({
      actionsPerSecond: 30,
      longBody: 'refuse',
    });
    expect((await control('POST', 'settings', { longBody: 'fail-delivery' })).body).toMatchObject({
      actionsPerSecond: 30,
      longBody: 'fail-delivery',
    });
    expect((await control('POST', 'settings', { longBody: 'maybe' })).body.message).toContain('longBody');
    expect((await control('POST', 'settings', { longBdy: 'refuse' })).body.message).toContain('longBdy');
    expect(service.settings.longBody).toBe('fail-delivery');
  });

  it('changes the status of an error', async () => {
    await control('POST', 'settings', { statusOverrides: { 20404: 410 } });
    const { status, body } = await service.rest('GET', '/v1/Nothing');
    expect([status, body.status]).toEqual([410, 410]);
  });

  it('freezes, moves and resumes time', async () => {
    await control('POST', 'time', { frozen: true });
    await service.clock.advance(60_000);
    expect((await control('GET', 'time')).body).toEqual({ now: '2026-11-20T10:00:00.123Z', frozen: true });
    expect((await control('POST', 'time', { moveMs: 86_400_000 })).body.now).toBe('2026-11-21T10:00:00.123Z');
    expect((await control('POST', 'time', { frozen: false })).body.frozen).toBe(false);
    await service.clock.advance(1000);
    expect((await control('GET', 'time')).body.now).toBe('2026-11-21T10:00:01.123Z');
    for (let n = 0; n < 3; n += 1) await control('POST', 'time', { moveMs: -1_000_000_000_000 });
    expect((await control('GET', 'time')).body.now).toMatch(/^19[789]\d/);
  });

  it('gives its state away and takes it back', async () => {
    const { body: state } = await control('GET', 'state');
    await service.customer.startConversation({ channel: 'chat' });
    expect((await control('PUT', 'state', state)).status).toBe(204);
    expect((await service.rest('GET', '/v1/Conversations')).body.conversations).toEqual([]);
    expect((await control('PUT', 'state', { ...state, sha256: '0' })).body).toMatchObject({
      code: 20001,
      status: 400,
    });
  });

  it('acts for customers and agents', async () => {
    const { body } = await control('POST', 'customer/start', { channel: 'whatsapp', author: '+15550001' });
    const conversationSid = body.conversation.sid;
    const write = await control('POST', 'customer/write', {
      conversationSid,
      body: 'Hello',
      media: [{ contentType: 'image/png', filename: 'a.png', data: btoa('picture') }],
    });
    expect(write.body).toMatchObject({ body: 'Hello', media: [{ size: 7, content_type: 'image/png' }] });
    const messageSid = write.body.sid;
    expect(
      (await control('POST', 'customer/edit', { conversationSid, messageSid, body: 'Bye' })).body.body,
    ).toBe('Bye');
    await control('POST', 'customer/join', { conversationSid, identity: 'agent' });
    await control('POST', 'customer/read', { conversationSid, author: 'agent' });
    const said = await control('POST', 'customer/write', { conversationSid, author: 'agent', body: 'Hi' });
    const receipts = { conversationSid, messageSid: said.body.sid, status: 'failed', errorCode: 63003 };
    expect((await control('POST', 'customer/receipts', receipts)).body.receipts).toMatchObject([
      { error_code: 63003 },
    ]);
    expect((await control('POST', 'customer/leave', { conversationSid, author: 'agent' })).status).toBe(204);
    expect((await control('POST', 'customer/remove', { conversationSid, messageSid })).status).toBe(204);
    const inbound = { from: 'whatsapp:+15550001', to: 'whatsapp:+15550100000', body: 'again' };
    expect((await control('POST', 'customer/receive', inbound)).body.conversation_sid).toBe(conversationSid);
    expect(
      (await control('POST', 'customer/tap', { conversationSid, messageSid, title: 'x' })).body.code,
    ).toBe(20404);
  });

  it('reports what happened since a moment', async () => {
    await service.customer.startConversation({ channel: 'chat' });
    const { body } = await control('GET', 'happenings');
    const kinds = body.happenings.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['conversation', 'user', 'participant']);
    expect((await control('GET', `happenings/${body.happenings[1].seq}`)).body.happenings).toHaveLength(1);
  });

  it.each([
    ['an unknown path', 'GET', 'nothing', undefined, {}, 404],
    ['a wrong method', 'PUT', 'faults', {}, {}, 405],
    ['a form', 'POST', 'time', {}, { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['no type', 'POST', 'time', {}, { 'content-type': '' }, 400],
    ['an array', 'POST', 'time', [], {}, 400],
  ])('refuses %s', async (_name, method, path, value, headers, status) => {
    expect((await control(method, path, value, headers)).status).toBe(status);
  });

  it('needs no credentials and gives none', async () => {
    for (const path of ['faults', 'settings', 'time', 'state', 'happenings']) {
      await service.rest('GET', '/v1/Services');
      const { body } = await control('GET', path);
      expect(JSON.stringify(body)).not.toContain('local-auth-token');
      expect(JSON.stringify(body)).not.toContain('local-api-key-secret');
      expect(JSON.stringify(body).toLowerCase()).not.toContain('basic ');
    }
  });
});

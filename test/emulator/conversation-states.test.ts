import { beforeEach, describe, expect, it } from 'vitest';
import { HOOK, paramsOf, startService, type TestService } from './start-service.ts';

const MINUTE = 60_000;

describe('conversation states and timers', () => {
  let service: TestService;
  let at: string;
  let conversationSid: string;

  beforeEach(async () => {
    service = startService();
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onConversationStateUpdated'] });
    const path = `/v1/Services/${service.serviceSid}/Conversations`;
    const { body } = await service.rest('POST', path, {
      State: 'active',
      'Timers.Inactive': 'PT1M',
      'Timers.Closed': 'PT10M',
    });
    conversationSid = body.sid;
    at = `${path}/${body.sid}`;
    await service.rest('POST', `${at}/Participants`, { Identity: 'customer' });
  });

  const state = async () => (await service.rest('GET', at)).body.state;
  const heard = () =>
    service.sent.map((webhook) => {
      const { StateFrom, StateTo, Reason } = paramsOf(webhook);
      return `${StateFrom} → ${StateTo} (${Reason})`;
    });

  it('shows when the timers will end', async () => {
    expect((await service.rest('GET', at)).body.timers).toEqual({
      date_inactive: '2026-11-20T10:01:00Z',
      date_closed: '2026-11-20T10:10:00Z',
    });
  });

  it('becomes inactive and then closed when nobody says anything, and reports it', async () => {
    await service.clock.advance(MINUTE - 1);
    expect(await state()).toBe('active');
    await service.clock.advance(1);
    expect(await state()).toBe('inactive');
    await service.clock.advance(9 * MINUTE);
    expect(await state()).toBe('closed');
    expect(heard()).toEqual(['active → inactive (TIMER)', 'inactive → closed (TIMER)']);
    expect((await service.rest('GET', at)).body.timers).toEqual({});
  });

  it('starts the timers anew with every message', async () => {
    await service.clock.advance(40_000);
    await service.rest('POST', `${at}/Messages`);
    await service.clock.advance(40_000);
    expect(await state()).toBe('active');
    await service.clock.advance(20_000);
    expect(await state()).toBe('inactive');
  });

  it('is woken by a message, and falls asleep again', async () => {
    await service.clock.advance(MINUTE);
    await service.customer.write({ conversationSid, body: 'Hello?' });
    expect(await state()).toBe('active');
    await service.clock.advance(MINUTE);
    expect(await state()).toBe('inactive');
    expect(heard()).toEqual([
      'active → inactive (TIMER)',
      'inactive → active (EVENT)',
      'active → inactive (TIMER)',
    ]);
  });

  it('is told of changes by REST only with the header', async () => {
    await service.rest('POST', at, { State: 'inactive' });
    await service.rest('POST', at, { State: 'active' }, { 'x-twilio-webhook-enabled': 'true' });
    expect(heard()).toEqual(['inactive → active (API)']);
  });

  it('takes new timers, and switches them off with PT0S', async () => {
    await service.rest('POST', at, { 'Timers.Inactive': 'PT0S', 'Timers.Closed': 'PT20M' });
    await service.clock.advance(19 * MINUTE);
    expect(await state()).toBe('active');
    await service.clock.advance(MINUTE);
    expect(await state()).toBe('closed');
  });

  it('has the account’s default timers', async () => {
    await service.rest('POST', '/v1/Configuration', { DefaultInactiveTimer: 'PT5M' });
    const { body } = await service.rest('POST', '/v1/Conversations');
    expect(body.timers).toEqual({ date_inactive: '2026-11-20T10:05:00Z' });
  });

  it('is over when it is deleted', async () => {
    await service.rest('DELETE', at);
    await service.clock.advance(20 * MINUTE);
    expect(heard()).toEqual([]);
  });

  it('lets a closed conversation be read and deleted', async () => {
    await service.rest('POST', at, { State: 'closed' });
    expect((await service.rest('GET', `${at}/Messages`)).status).toBe(200);
    expect((await service.rest('DELETE', at)).status).toBe(204);
  });
});

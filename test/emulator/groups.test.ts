import type twilio from 'twilio';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../../emulator/http-listener.ts';
import { eventsOf, HOOK, paramsOf, startService, type TestService } from './start-service.ts';
import { clientFor, startListening } from './twilio-client.ts';

const BUSINESS = '+15550100';
const [ANA, BEN, CLEO] = ['+15550001', '+15550002', '+15550003'] as const;

describe('a group MMS that comes in', () => {
  let service: TestService;
  beforeEach(() => {
    service = startService();
    service.configureWebhooks({
      PostWebhookUrl: HOOK,
      Filters: ['onMessageAdded', 'onConversationStateUpdated'],
    });
  });

  const receive = (from: string, others: readonly string[], body = 'Hello') =>
    service.customer.receive({ from, to: BUSINESS, others, body });
  const post = (conversation: unknown, form: Record<string, string>) =>
    service.rest('POST', `/v1/Conversations/${conversation}/Messages`, form);

  it('is one conversation for a set of members, whoever of them writes', async () => {
    const first = await receive(ANA, [BEN, CLEO]);
    const second = await receive(BEN, [CLEO, ANA]);
    expect(second).toMatchObject({ conversation_sid: first['conversation_sid'], author: BEN, index: 1 });
    const smaller = await receive(ANA, [BEN]);
    expect(smaller['conversation_sid']).not.toBe(first['conversation_sid']);
  });

  it('leaves a member free to write to the business alone', async () => {
    const group = await receive(ANA, [BEN, CLEO]);
    const alone = await service.customer.receive({ from: ANA, to: BUSINESS, body: 'Psst' });
    expect(alone['conversation_sid']).not.toBe(group['conversation_sid']);
    const again = await receive(ANA, [BEN, CLEO]);
    expect(again['conversation_sid']).toBe(group['conversation_sid']);
  });

  it('begins anew when the group’s conversation is closed', async () => {
    const { conversation_sid: sid } = await receive(ANA, [BEN, CLEO]);
    await service.clock.advance(1000);
    await service.rest('POST', `/v1/Conversations/${sid}`, { State: 'closed' });
    expect((await receive(ANA, [BEN, CLEO]))['conversation_sid']).not.toBe(sid);
  });

  it('is initializing first: its webhook comes, an answer is refused with 50386, and taken a second later', async () => {
    const { conversation_sid: sid } = await receive(ANA, [BEN, CLEO]);
    expect(eventsOf(service)).toEqual(['onMessageAdded']);
    expect((await post(sid, { Body: 'Hi', Author: ANA })).body).toMatchObject({ code: 50386, status: 400 });
    await service.clock.advance(999);
    expect((await post(sid, { Body: 'Hi', Author: ANA })).body.code).toBe(50386);
    await service.clock.advance(1);
    expect(eventsOf(service)).toEqual(['onMessageAdded', 'onConversationStateUpdated']);
    expect(paramsOf(service.sent.at(-1) ?? { method: 'POST', url: '', headers: {}, body: '' })).toMatchObject(
      {
        StateFrom: 'initializing',
        StateTo: 'active',
      },
    );
    expect((await post(sid, { Body: 'Hi', Author: ANA })).status).toBe(201);
  });

  it('stays initializing where the setting says so', async () => {
    service.changeSettings({ initializingMs: null });
    const { conversation_sid: sid } = await receive(ANA, [BEN, CLEO]);
    await service.clock.advance(3_600_000);
    expect((await service.rest('GET', `/v1/Conversations/${sid}`)).body.state).toBe('initializing');
  });

  it('becomes active after a saved state was loaded, too', async () => {
    const { conversation_sid: sid } = await receive(ANA, [BEN, CLEO]);
    const other = startService();
    other.load(service.save());
    await other.clock.advance(1000);
    expect((await other.rest('GET', `/v1/Conversations/${sid}`)).body.state).toBe('active');
  });

  it('refuses an answer from somebody who is not in it with 50513', async () => {
    const { conversation_sid: sid } = await receive(ANA, [BEN, CLEO]);
    await service.clock.advance(1000);
    expect((await post(sid, { Body: 'Hi', Author: 'parley' })).body.code).toBe(50513);
  });

  it('is not sent on to those whose phones have it already, and an answer goes to all', async () => {
    const message = await receive(ANA, [BEN, CLEO]);
    await service.clock.advance(1000);
    const at = `/v1/Conversations/${message['conversation_sid']}/Messages`;
    expect((await service.rest('GET', `${at}/${message['sid']}`)).body.delivery).toBeNull();
    const answer = await post(message['conversation_sid'], { Body: 'Hi', Author: ANA });
    await service.clock.advance(1000);
    expect((await service.rest('GET', `${at}/${answer.body.sid}`)).body.delivery).toMatchObject({ total: 2 });
  });

  it.each([
    ['somebody twice', ANA, [BEN, BEN], 50437],
    ['the sender among the others', ANA, [ANA, BEN], 50437],
    ['eleven customers', ANA, Array.from({ length: 10 }, (_, n) => `+1555010${1000 + n}`), 50436],
    ['somebody on WhatsApp', ANA, [`whatsapp:${BEN}`], 20001],
  ])('with %s is refused, and leaves nothing behind', async (_what, from, others, code) => {
    await expect(receive(from, others)).rejects.toMatchObject({ twilioCode: code });
    expect((await service.rest('GET', '/v1/Conversations')).body.conversations).toEqual([]);
  });
});

describe('a group MMS made with the official twilio package', () => {
  let service: TestService;
  let listening: Listening;
  let client: twilio.Twilio;

  beforeAll(async () => {
    ({ service, listening } = await startListening());
    service.changeSettings({ initializingMs: 0 });
    client = clientFor(listening.url);
  });
  afterAll(() => listening.close());

  const scoped = () => client.conversations.v1.services(service.serviceSid);
  const bind = (binding: object, identity?: string) =>
    JSON.stringify({ ...(identity === undefined ? {} : { identity }), messaging_binding: binding });

  it('begins initializing, finds its way by its members, and exists once', async () => {
    const participant = [
      bind({ address: ANA }),
      bind({ address: BEN }),
      bind({ projected_address: BUSINESS }, 'agent'),
    ];
    const made = await scoped().conversationWithParticipants.create({ participant });
    expect(made.state).toBe('initializing');
    await expect(scoped().conversationWithParticipants.create({ participant })).rejects.toMatchObject({
      code: 50438,
      status: 409,
    });
    const heard = await service.customer.receive({ from: ANA, to: BUSINESS, others: [BEN], body: 'Hi' });
    expect(heard['conversation_sid']).toBe(made.sid);
    const { messages, participants } = scoped().conversations(made.sid);
    const answer = await messages.create({ author: 'agent', body: 'Hello, both' });
    expect(answer.author).toBe('agent');
    await expect(messages.create({ author: 'somebody', body: 'Hi' })).rejects.toMatchObject({ code: 50513 });
    await expect(participants.create({ identity: 'other' })).rejects.toMatchObject({ code: 50434 });
    await expect(participants.create({ 'messagingBinding.address': ANA } as never)).rejects.toMatchObject({
      code: 50437,
      status: 409,
    });
    await scoped().conversations(made.sid).remove();
    expect((await scoped().conversationWithParticipants.create({ participant })).state).toBe('initializing');
  });
});

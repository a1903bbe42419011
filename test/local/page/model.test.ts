import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationEvent, MessageAdded } from '../../../lib/event/event-types.ts';
import type { Finished, MessageRecord } from '../../../lib/record/message-record.ts';
import type { QueueChange } from '../../../local/bot/bot-step.ts';
import { applyEvent } from '../../../local/page/app/model/apply-event.ts';
import { describeTurn, explainWait } from '../../../local/page/app/model/describe-turn.ts';
import {
  type Conversation,
  createModel,
  type Model,
  type Turn,
} from '../../../local/page/app/model/model.ts';
import { explainSilence } from '../../../local/page/app/model/tell-outcome.ts';
import { describeStep } from '../../../local/page/app/timeline/describe-step.ts';
import type { PageEvent, Timed } from '../../../local/page/page-event.ts';
import { HOOK, startService, type TestService } from '../../emulator/start-service.ts';

let service: TestService;
let model: Model;
let sid: string;

/** What the bot and the page tell, at the world's time. */
function tell(event: PageEvent): void {
  applyEvent(model, { ...event, at: service.timeline.now() }, service.timeline.now());
}

/** A service whose every happening the model hears of, with one conversation on WhatsApp. */
beforeEach(async () => {
  service = startService();
  model = createModel();
  service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded', 'onParticipantAdded'] });
  service.subscribe((happening) => applyEvent(model, happening as Timed, happening.at));
  tell({ kind: 'hello', accountSid: 'AC1', serviceSid: service.serviceSid, botAuthor: 'parley' });
  const { conversation } = await service.customer.startConversation({ channel: 'whatsapp' });
  sid = String(conversation['sid']);
});

const conversation = (): Conversation => {
  const found = model.conversations.get(sid);
  if (found === undefined) throw new Error('the model knows no such conversation');
  return found;
};

async function write(body: string): Promise<{ turn: Turn; event: ConversationEvent }> {
  const message = await service.customer.write({ conversationSid: sid, body });
  const turn = conversation().turns.get(String(message['sid']));
  if (turn === undefined) throw new Error('the message began no turn');
  const event = {
    EventType: 'onMessageAdded',
    ConversationSid: sid,
    MessageSid: String(message['sid']),
    Body: body,
  } as MessageAdded;
  return { turn, event };
}

function queue(change: QueueChange, event: ConversationEvent, receiveCount = 0, seconds?: number): void {
  const more = seconds === undefined ? {} : { seconds };
  tell({ kind: 'queue', change, event, deduplicationId: 'key', receiveCount, ...more });
}

const log = (fields: object) => tell({ kind: 'log', line: JSON.stringify(fields) });

/** The bot's answer over REST. */
async function reply(event: MessageAdded, body: string): Promise<void> {
  const marker = { parley: { v: 1, in_reply_to: event.MessageSid, part: '1/1' } };
  await service.rest(
    'POST',
    `/v1/Conversations/${sid}/Messages`,
    { Author: 'parley', Body: body, Attributes: JSON.stringify(marker) },
    { 'user-agent': 'parley/0.1.0' },
  );
}

const glance = ({ steps }: Turn) =>
  steps.map((step) => {
    const { title, note } = describeStep(step);
    return `${title}: ${note}`;
  });

describe('what the page hears of receipts', () => {
  // The webhook of a receipt opened a turn of its own for the bot's message, which then seemed to wait for an answer.
  it('stands with the message alone', async () => {
    service.configureWebhooks({ PostWebhookUrl: HOOK, Filters: ['onMessageAdded', 'onDeliveryUpdated'] });
    const { turn, event } = await write('hi');
    await reply(event as MessageAdded, 'Hello!');
    await service.clock.advance(1_000);
    const replies = [...conversation().messages.values()].filter(({ author }) => author === 'parley');
    expect(replies.map(({ sid }) => conversation().turns.has(sid))).toEqual([false]);
    expect(glance(turn).at(-1)).toBe('Reply: “Hello!”, delivered');
  });
});

describe('what the page knows', () => {
  it('puts everything that came of a message into one turn, in the order it happened', async () => {
    const { turn, event } = await write('hi');
    await service.clock.advance(0);
    queue('queued', event);
    queue('received', event, 1);
    tell({
      kind: 'decision',
      event,
      decision: {
        outcome: 'reply',
        rule: 'greeting',
        shares: [{ rule: 'greeting', match: {}, actions: [] }],
        once: [],
        language: 'en',
        considered: [],
      },
    });
    tell({ kind: 'called', event, handler: 'look', ended: 'returned', ms: 12 });
    tell({ kind: 'called', event, handler: 'look', ended: 'late', ms: 5_000 });
    await reply(event as MessageAdded, 'Hello!');
    const record: MessageRecord = {
      v: 1,
      eventType: 'onMessageAdded',
      receivedAt: 0,
      parts: [],
      finished: { outcome: 'replied', at: 0 },
    };
    tell({ kind: 'finished', event, record, why: undefined });
    queue('deleted', event, 1);

    expect(glance(turn)).toEqual([
      'Webhook onMessageAdded: 200, signature verified',
      'Queue: handed over after 0 ms',
      'Decision: rule greeting',
      'Call look: returned after 12 ms',
      'Call look: was not back in time, after 5000 ms: the rule’s else was done',
      'Create message: 201',
      'Reply: “Hello!”',
      'Done: Replied',
    ]);
    expect(describeTurn(turn, 0)).toEqual({ tone: 'good', text: 'Replied' });
  });

  it('says why a message was handed back and when it comes again', async () => {
    const { turn, event } = await write('hi');
    queue('queued', event);
    expect(describeTurn(turn, 0).text).toBe('Waits its turn');
    queue('received', event, 1);
    tell({ kind: 'handed-back', event, reason: 'settling', attempt: 1 });
    queue('postponed', event, 1, 45);
    expect(glance(turn).at(-1)).toBe('Handed back: settling; again in 45 s');
    expect(describeTurn(turn, service.timeline.now() + 4_500)).toEqual({
      tone: 'warn',
      text: 'Tries again in 41 s',
    });
    expect(explainWait(turn, service.timeline.now() + 4_500)).toBe(
      'Tries again in 41 s: Twilio may have the reply already, so the bot looks for it first',
    );
    queue('received', event, 2);
    expect(glance(turn).at(-1)).toBe('Queue: handed over again, delivery 2');
    expect(describeTurn(turn, 0).text).toBe('Working');
  });

  it('says under a message why it was not answered: not while it is worked on, nor once it is answered', async () => {
    const { turn, event } = await write('STOP');
    const finish = (finished: Omit<Finished, 'at'>, why?: string) => {
      const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [] } as const;
      tell({ kind: 'finished', event, record: { ...record, finished: { ...finished, at: 0 } }, why });
    };
    queue('queued', event);
    queue('received', event, 1);
    expect(explainSilence(turn, conversation(), 0)).toBeUndefined();
    finish({ outcome: 'suppressed', reason: 'opt_out_word' }, 'They asked for no more.');
    queue('deleted', event, 1);
    expect(explainSilence(turn, conversation(), 0)).toBe('Not answered: They asked for no more.');

    queue('received', event, 1);
    expect(explainSilence(turn, conversation(), 0)).toBeUndefined();
    queue('postponed', event, 1, 5);
    expect(explainSilence(turn, conversation(), 0)).toBeUndefined();
    queue('received', event, 2);
    finish({ outcome: 'replied' });
    queue('deleted', event, 2);
    expect(explainSilence(turn, conversation(), 0)).toBeUndefined();
  });

  it('says under a message that was set aside by which error, where no sentence says it', async () => {
    const { turn, event } = await write('hi');
    const finished = { outcome: 'quarantined', reason: 'not_found:50407', at: 0 } as const;
    const record = { v: 1, eventType: 'onMessageAdded', receivedAt: 0, parts: [], finished } as const;
    tell({ kind: 'finished', event, record, why: undefined });
    expect(explainSilence(turn, conversation(), 0)).toBe('Set aside: not found:50407');
  });

  it('gives the reason to the message that was handed back, not to those that wait behind it', async () => {
    const first = await write('one');
    const second = await write('two');
    for (const { event } of [first, second]) queue('received', event, 1);
    tell({ kind: 'handed-back', event: first.event, reason: 'settling', attempt: 1 });
    for (const { event } of [first, second]) queue('postponed', event, 1, 45);
    expect(glance(first.turn).at(-1)).toBe('Handed back: settling; again in 45 s');
    expect(glance(second.turn).at(-1)).toBe('Handed back: waits behind another; again in 45 s');
  });

  it('forgets the reason when the message that was handed back later waits behind another', async () => {
    const { turn, event } = await write('hi');
    queue('received', event, 1);
    tell({ kind: 'handed-back', event, reason: 'settling', attempt: 1 });
    queue('postponed', event, 1, 45);
    queue('received', event, 2);
    queue('postponed', event, 2, 5);
    expect(glance(turn).at(-1)).toBe('Handed back: waits behind another; again in 5 s');
  });

  it('learns nothing from the log, whatever its lines say, and shows what no step tells', async () => {
    const { turn, event } = await write('hi');
    await service.clock.advance(0);
    queue('received', event, 1);
    const messageSid = turn.subject;
    const before = glance(turn);
    log({ message: 'verdict', conversationSid: sid, messageSid, outcome: 'refused', reason: 'signature' });
    log({ message: 'given back', conversationSid: sid, reason: 'settling', attempt: 1 });
    queue('postponed', event, 1, 5);
    expect(glance(turn)).toEqual([...before, 'Handed back: waits behind another; again in 5 s']);
    log({ message: 'webhook', level: 'warn', conversationSid: sid });
    expect(glance(turn).at(-1)).toBe('Log: webhook');
  });

  it('shows a line of the log with the message that it names, whatever the bot is at', async () => {
    const first = await write('one');
    const second = await write('two');
    queue('received', second.event, 1);
    log({ message: 'found', level: 'info', conversationSid: sid, messageSid: first.turn.subject });
    expect(glance(first.turn).at(-1)).toBe('Log: found');
    expect(glance(second.turn)).not.toContain('Log: found');
  });

  it('gives the bot’s reads to what it is at', async () => {
    const first = await write('one');
    const second = await write('two');
    queue('received', first.event, 1);
    queue('received', second.event, 1);
    tell({ kind: 'decision', event: first.event, decision: { outcome: 'no_rule', considered: [] } });
    await service.rest('GET', `/v1/Conversations/${sid}/Messages`, {}, { 'user-agent': 'parley/0.1.0' });
    await service.rest('GET', `/v1/Conversations/${sid}/Messages`, {}, { 'user-agent': 'curl/8' });
    expect(glance(first.turn).filter((line) => line.startsWith('List'))).toEqual(['List messages: 200']);
    expect(glance(second.turn).filter((line) => line.startsWith('List'))).toEqual([]);
  });

  // Two list requests that nobody could explain were the first thing that a new user saw.
  it('puts all that the reconcile function asks into one line of what the bot was at last', async () => {
    const { turn, event } = await write('hi');
    queue('received', event, 1);
    const path = `/v1/Conversations/${sid}/Messages`;
    for (let looks = 0; looks < 3; looks += 1) {
      tell({ kind: 'look', method: 'GET', path });
      await service.rest('GET', path, {}, { 'user-agent': 'parley/0.1.0' });
    }
    await service.rest('GET', path, {}, { 'user-agent': 'parley/0.1.0' });
    expect(glance(turn).slice(-2)).toEqual([
      'Reconciler: looked for messages whose webhook never came: 3 requests',
      'List messages: 200',
    ]);
  });

  it('tells a webhook that was refused from one that nobody answered', async () => {
    service.answer(() => {
      tell({ kind: 'received', outcome: 'refused', status: 403, reason: 'signature' });
      return { status: 403, headers: {}, body: '' };
    });
    const refused = await write('hi');
    await service.clock.advance(0);
    expect(glance(refused.turn)).toEqual(['Webhook onMessageAdded: 403, refused: signature']);

    service.answer(({ body }) => {
      const params = Object.fromEntries(new URLSearchParams(body));
      const event = params as unknown as ConversationEvent;
      tell({ kind: 'received', outcome: 'refused', status: 403, reason: 'foreign_service', event });
      return { status: 403, headers: {}, body: '' };
    });
    const foreign = await write('hi');
    await service.clock.advance(0);
    expect(glance(foreign.turn)).toEqual(['Webhook onMessageAdded: 403, refused: foreign service']);

    service.answer(() => Promise.reject(new Error('nobody there')));
    const unreachable = await write('hi');
    await service.clock.advance(0);
    expect(glance(unreachable.turn)).toEqual(['Webhook onMessageAdded: nobody there']);

    service.answer(() => new Promise(() => undefined));
    const late = await write('hi');
    expect(glance(late.turn)).toEqual(['Webhook onMessageAdded: waits for an answer']);
    await service.clock.advance(5000);
    expect(glance(late.turn)).toEqual(['Webhook onMessageAdded: no answer within five seconds']);
  });

  it.each([
    ['webhook-drop', ['Fault: webhook: lost']],
    [
      'webhook-duplicate',
      [
        'Fault: webhook: sent twice',
        'Webhook onMessageAdded: 200, signature verified',
        'Webhook onMessageAdded: 200, signature verified',
      ],
    ],
  ] as const)('shows what %s did to a message', async (kind, expected) => {
    service.faults.arm({ kind });
    const { turn } = await write('hi');
    await service.clock.advance(0);
    expect(glance(turn)).toEqual(expected);
  });

  it('puts a request before what it wrote, even when its answer was an error', async () => {
    const { turn, event } = await write('hi');
    await service.clock.advance(0);
    service.faults.arm({ kind: 'error', when: 'after' });
    await reply(event as MessageAdded, 'Hello!');
    expect(glance(turn).slice(1)).toEqual(['Create message: 500, fault: error', 'Reply: “Hello!”']);
  });

  it('follows the receipts of a reply', async () => {
    const { event } = await write('hi');
    await reply(event as MessageAdded, 'Hello!');
    await service.clock.advance(5000);
    const [message] = [...conversation().messages.values()].filter(({ author }) => author === 'parley');
    const [receipt] = [...(message?.receipts.values() ?? [])];
    expect(receipt?.history.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read']);
  });

  it('keeps what was edited and removed', async () => {
    await write('hi');
    const [message] = conversation().messages.values();
    if (message === undefined) throw new Error('no message');
    await service.rest('POST', `/v1/Conversations/${sid}/Messages/${message.sid}`, { Body: 'hello' });
    expect(message).toMatchObject({ body: 'hello', edited: true, removed: false });
    await service.rest('DELETE', `/v1/Conversations/${sid}/Messages/${message.sid}`);
    expect(message.removed).toBe(true);
  });

  it('knows who is in a conversation, and forgets a deleted one', async () => {
    await service.customer.join({ conversationSid: sid, identity: 'agent-dana' });
    await service.customer.leave({ conversationSid: sid, author: 'agent-dana' });
    expect(conversation().items.map((item) => item.kind === 'presence' && item.change)).toEqual([
      'joined',
      'joined',
      'left',
    ]);
    expect(conversation().channel).toBe('whatsapp');
    await service.rest('DELETE', `/v1/Conversations/${sid}`);
    expect(model.conversations.size).toBe(0);
  });

  it.each([
    ['rcs:+15550001', 'rcs:business_agent', 'rcs'],
    ['messenger:123', 'messenger:100', 'messenger'],
    ['jo@example.com', 'shop@example.com', 'email'],
    ['gbm:conversation', 'gbm:agent', 'other'],
  ])('tells by the address of %s, to %s, that it is on %s', async (from, to, channel) => {
    const message = await service.customer.receive({ from, to, body: 'hi' });
    expect(model.conversations.get(String(message['conversation_sid']))?.channel).toBe(channel);
  });

  it('opens no turn for a log line that names only its conversation', () => {
    const before = conversation().turns.size;
    log({ message: 'muted', level: 'warn', conversationSid: sid });
    log({ reply_retried: 1 });
    expect(conversation().turns.size).toBe(before);
  });

  it('shows what a saved state holds, when it was', async () => {
    const { event } = await write('hi');
    await reply(event as MessageAdded, 'Hello!');
    await service.clock.advance(3_600_000);
    const saved = service.save();
    await write('later');
    service.load(saved);
    const bodies = [...conversation().messages.values()].map(({ body, at }) => [
      body,
      service.timeline.now() - at,
    ]);
    expect(bodies).toEqual([
      ['hi', expect.closeTo(3_600_000, -4)],
      ['Hello!', expect.closeTo(3_600_000, -4)],
    ]);
    expect([...conversation().messages.values()][1]?.receipts.size).toBe(1);
  });

  it('without a bot gives what a program writes to the newest message', async () => {
    tell({ kind: 'hello', accountSid: 'AC1', serviceSid: service.serviceSid });
    const { conversation: other } = await service.customer.startConversation({ channel: 'sms' });
    sid = String(other['sid']);
    const { turn } = await write('hi');
    await service.clock.advance(0);
    await service.rest('GET', `/v1/Conversations/${sid}/Messages`, {}, { 'user-agent': 'twilio-ruby/7' });
    await service.rest('POST', `/v1/Conversations/${sid}/Messages`, { Body: 'Hello from Ruby' });
    expect(glance(turn)).toEqual([
      'Webhook onMessageAdded: 200',
      'List messages: 200',
      'Create message: 201',
      'Reply: “Hello from Ruby”',
    ]);
    expect(describeTurn(turn, 0).text).toBe('Webhook answered');
  });

  it('begins anew with a new world', () => {
    tell({ kind: 'hello', accountSid: 'AC2', serviceSid: 'IS2', botAuthor: 'other' });
    expect(model.conversations.size).toBe(0);
    expect(model.hello?.accountSid).toBe('AC2');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { awaitsWebhook, webhookAwaited } from '../../lib/reply/await-webhook.ts';
import { createMemoryQueue } from '../../local/lambda/memory-queue.ts';
import { messageAdded } from '../rules/support.ts';
import { type ReplyHarness, startReply } from './bot-harness.ts';

/** A message in a gap, read back from Twilio without its Source, whose own webhook has been overtaken. */

const SECOND = 1_000;
let bot: ReplyHarness;
let conversationSid: string;
let author: string;

async function begin(channel: 'whatsapp' | 'sms' | 'chat', settings: Record<string, string> = {}) {
  bot = await startReply(settings);
  const start = channel === 'chat' ? { channel, author: 'kim' } : { channel };
  const { conversation } = await bot.service.customer.startConversation(start);
  conversationSid = String(conversation['sid']);
  await write('one');
  author = JSON.parse(bot.envelope()).params.Author;
  expect(await bot.deliver(bot.envelope())).toBe(true);
  bot.time.now += 20 * SECOND;
}

beforeEach(() => begin('whatsapp'));

const write = (body: string) => bot.write(conversationSid, body);

/** A program posts in the name of the customer, and has its webhook sent. */
async function post(Body: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`SK${'3'.repeat(32)}:secret`).toString('base64')}`;
  const { body } = await bot.service.handle({
    method: 'POST',
    url: `https://conversations.twilio.com/v1/Services/IS${'2'.repeat(32)}/Conversations/${conversationSid}/Messages`,
    headers: {
      authorization,
      'content-type': 'application/x-www-form-urlencoded',
      'x-twilio-webhook-enabled': 'true',
    },
    body: Buffer.from(new URLSearchParams({ Author: author, Body }).toString()),
  });
  await bot.service.idle();
  return String(JSON.parse(Buffer.from(body).toString('utf8')).sid);
}

const endOf = async (sid: string) => {
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return finished?.reason ?? finished?.outcome;
};
const answered = () =>
  bot.creates().map(({ body }) => {
    const attributes = new URLSearchParams(body).get('Attributes') ?? '';
    return String(JSON.parse(attributes).parley.in_reply_to);
  });

describe('what a program posts in a participant’s name', () => {
  // What is read back has no Source, so the customer's next message, which overtook it, had it answered.
  it.each(['whatsapp', 'sms', 'chat'] as const)(
    'is not answered when the next message overtakes its webhook: %s',
    async (channel) => {
      await begin(channel);
      const programs = await post('one');
      const webhook = bot.envelope();
      bot.time.now += SECOND;
      const customers = await write('two');
      const next = bot.envelope();
      expect(await bot.deliver(next)).toBe(false);
      expect(bot.postponed).toEqual([2]);
      expect(await bot.deliver(webhook)).toBe(true);
      expect(await bot.deliver(next, 2)).toBe(true);
      expect([await endOf(programs), await endOf(customers)]).toEqual(['api_source', 'replied']);
    },
  );
});

describe('a conversation that nobody has heard of', () => {
  // Its first webhook was in the spool. Nobody waited for the program's, which stood behind the customer's next one.
  it('has what a program posts second waited for as in any other, and its first message not', async () => {
    bot = await startReply({});
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    conversationSid = String(conversation['sid']);
    const first = await write('one');
    const programs = await post('one');
    const webhook = bot.envelope();
    const customers = await write('two');
    const next = bot.envelope();
    expect(await bot.deliver(next)).toBe(false);
    expect(answered()).toEqual([first]);
    expect(await bot.deliver(webhook)).toBe(true);
    expect(await bot.deliver(next, 2)).toBe(true);
    expect([await endOf(programs), await endOf(customers)]).toEqual(['api_source', 'replied']);
  });
});

describe('what a program posts in a participant’s name, as its webhook says', () => {
  // It waited for a message of which nobody had heard, and went behind the next one, which had it answered.
  it('waits for nothing that stands before it, so what comes next knows of it', async () => {
    const lost = await write('one');
    const programs = await post('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await endOf(programs)).toBe('api_source');
    bot.time.now += 61 * SECOND;
    const customers = await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(answered().slice(1)).toEqual([lost, customers, customers]);
  });

  it('leaves what stands before it to be found', async () => {
    const lost = await write('one');
    await post('one');
    await bot.deliver(bot.envelope());
    const known = await bot.memory.get<ConversationRecord>(conversationKey(conversationSid));
    expect([known?.value.accounted, await endOf(lost)]).toEqual([1, undefined]);
  });

  it('asks Twilio for nothing where nothing is missing before it', async () => {
    const programs = await post('one');
    const asked = bot.requests.length;
    expect(await bot.deliver(bot.envelope())).toBe(true);
    const known = await bot.memory.get<ConversationRecord>(conversationKey(conversationSid));
    expect([await endOf(programs), known?.value.accounted]).toEqual(['api_source', 2]);
    expect(bot.requests).toHaveLength(asked);
  });
});

describe('a message whose webhook is overtaken', () => {
  it('is answered first', async () => {
    const first = await write('one');
    const late = bot.envelope();
    const second = await write('two');
    const early = bot.envelope();
    expect(await bot.deliver(early)).toBe(false);
    expect(await bot.deliver(late)).toBe(true);
    expect(await bot.deliver(early, 2)).toBe(true);
    expect(answered().slice(1)).toEqual([first, second, second]);
  });

  it('is answered first, by what the list says, once it is a minute old', async () => {
    const first = await write('one');
    const second = await write('one');
    const waits: number[] = [];
    for (let count = 1; !(await bot.deliver(bot.envelope(), count)); count += 1) {
      waits.push(bot.postponed.at(-1) ?? 0);
      bot.time.now += SECOND * (bot.postponed.at(-1) ?? 0);
    }
    expect(waits.slice(0, 5)).toEqual([2, 2, 4, 8, 16]);
    expect(answered().slice(1)).toEqual([first, second]);
  });

  it('is not waited for where it has a record, which was told of', async () => {
    const first = await write('one');
    bot.hooks.exchange = async () => ({
      status: 429,
      headers: { 'content-type': 'application/json' },
      body: '{"code":20429}',
    });
    expect(await bot.deliver(bot.envelope())).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    const second = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(answered().slice(-2)).toEqual([first, second]);
  });

  it('is not waited for where it is the first of all, a person’s, a program’s, or no participant’s', () => {
    const ports = {
      botAuthor: 'parley',
      agents: { identities: ['agent-*'], roleSids: [] },
      programs: { identities: ['reminder'], roleSids: [] },
      clock: { now: () => Date.parse('2026-11-20T22:31:00.000Z') },
    } as never;
    const message = messageAdded({ Index: 1 });
    const { ParticipantSid: _, ...nobodys } = message;
    const waits = [
      message,
      { ...message, Index: 0 },
      { ...message, DateCreated: '2026-11-20T22:29:59.999Z' },
      { ...message, Author: 'agent-anna' },
      { ...message, Author: 'reminder' },
      { ...message, Author: 'parley' },
      { ...message, Author: 'system' },
      { ...message, Attributes: { parley: {} } },
      nobodys,
    ].map((event) => awaitsWebhook(ports, event, undefined));
    expect(waits).toEqual([true, false, false, false, false, false, false, false, false]);
  });
});

describe('the queue, which hands out a conversation’s messages in order', () => {
  function startQueue() {
    const queue = createMemoryQueue({ clock: { now: () => bot.time.now } });
    bot.useQueue(queue);
    const enqueue = (id: string, body: string) => queue.send({ groupId: 'g', deduplicationId: id, body });
    return { queue, enqueue };
  }

  // It handed out the one that waited again and again; the webhook it waited for stood behind it.
  it('lets the webhook pass that a message waits for', async () => {
    const programs = await post('one');
    const webhook = bot.envelope();
    const customers = await write('two');
    const { queue, enqueue } = startQueue();
    await enqueue('second', bot.envelope());
    await enqueue('first', webhook);
    for (let deliveries = 0; queue.size() > 0 && deliveries < 10; deliveries += 1) {
      const [message] = queue.receive(1);
      if (message === undefined) throw new Error('nothing to receive');
      const done = await bot.deliver(message.body, message.receiveCount, message.messageId);
      if (done) queue.delete(message.receiptHandle);
      else await queue.postpone(message.receiptHandle, 0);
      bot.time.now += 2 * SECOND;
    }
    expect([await endOf(programs), await endOf(customers)]).toEqual(['api_source', 'replied']);
    expect(queue.size()).toBe(0);
  });

  // Two webhooks of one moment: each tenth message waited for five seconds.
  it('lets the webhook pass at once that it has overtaken, and then waits', async () => {
    const first = await write('one');
    const webhook = bot.envelope();
    const second = await write('one');
    const { queue, enqueue } = startQueue();
    const deliver = async () => {
      const [message] = queue.receive(1);
      if (message === undefined) return false;
      const { body, receiveCount, messageId, sentAt, deduplicationId } = message;
      const done = await bot.deliver(body, receiveCount, messageId, sentAt, deduplicationId);
      if (done) queue.delete(message.receiptHandle);
      else await queue.postpone(message.receiptHandle, 2);
      return done;
    };
    await enqueue('second', bot.envelope());
    expect(await deliver()).toBe(true);
    // It is there by itself: then the wait begins.
    expect(await deliver()).toBe(false);
    expect(await deliver()).toBe(false);
    bot.time.now += 2 * SECOND;
    await enqueue('first', webhook);
    for (let n = 0; n < 3; n += 1) expect(await deliver()).toBe(true);
    expect([await endOf(first), await endOf(second)]).toEqual(['replied', 'replied']);
    expect(queue.size()).toBe(0);
  });

  // The table failed until the one in front was answered by what the list says, and its webhook stood right behind it.
  it('lets the webhook pass that came in time, although a message has stood in front of it for a minute', async () => {
    const programs = await post('one');
    const webhook = bot.envelope();
    const customers = await write('two');
    const { queue, enqueue } = startQueue();
    await enqueue('second', bot.envelope());
    await enqueue('first', webhook);
    bot.time.now += 120 * SECOND;
    let deliveries = 0;
    for (; queue.size() > 0 && deliveries < 10; deliveries += 1) {
      const [message] = queue.receive(1);
      if (message === undefined) throw new Error('nothing to receive');
      const { body, receiveCount, messageId, sentAt } = message;
      if (await bot.deliver(body, receiveCount, messageId, sentAt)) queue.delete(message.receiptHandle);
    }
    expect([await endOf(programs), await endOf(customers)]).toEqual(['api_source', 'replied']);
    expect(deliveries).toBe(3);
  });

  it('is waited for no longer than a quarter of an hour', () => {
    const missed = messageAdded({ Index: 1 });
    const sentAt = Date.parse(missed.DateCreated) + 60_000;
    const waits = (ageMs: number, sent?: number) => {
      const clock = { now: () => Date.parse(missed.DateCreated) + ageMs };
      const names = { identities: [], roleSids: [] };
      return awaitsWebhook(
        { botAuthor: 'parley', agents: names, programs: names, clock } as never,
        missed,
        sent,
      );
    };
    expect([waits(60_000), waits(60_001), waits(899_999, sentAt), waits(900_000, sentAt)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(waits(60_001, sentAt + 1)).toBe(false);
  });

  it('is asked to at first, from the second delivery there on, and once the other is a minute old, and each wait is as long as it has waited', () => {
    const missed = messageAdded();
    const at = Date.parse(missed.DateCreated);
    const waits = [
      [0, 1, undefined],
      [0, 1, true],
      [0, 1, false],
      [1_000, 2, true],
      [10_000, 3, true],
      [50_000, 4, true],
      [60_000, 1, true],
      [60_001, 1, true],
      [70_000, 1, true],
    ] as const;
    expect(
      waits.map(([age, receiveCount, wentBehind]) => {
        const { delayMs, behind } = webhookAwaited(missed, at + age, { receiveCount, wentBehind });
        return [delayMs, behind];
      }),
    ).toEqual([
      [2_000, false],
      [2_000, false],
      [2_000, true],
      [2_000, true],
      [10_000, true],
      [10_001, true],
      [1, false],
      [2_000, true],
      [2_000, true],
    ]);
    const reason = 'webhook_awaited';
    expect(webhookAwaited(missed, at, { receiveCount: 1, wentBehind: true })).toMatchObject({ reason });
  });
});

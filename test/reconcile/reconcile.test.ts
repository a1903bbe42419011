import { beforeEach, describe, expect, it } from 'vitest';
import * as reconcileFunction from '../../functions/reconcile.ts';
import { fixedSecret } from '../../lib/aws/secret.ts';
import { readConfig } from '../../lib/config.ts';
import type { QueueMessage } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { SPOOL } from '../../lib/record/keys.ts';
import { type ReplyHarness, startReply } from '../reply/bot-harness.ts';

const HOUR = 3_600_000;
let bot: ReplyHarness;
let sent: QueueMessage[];
let queue: { send(message: QueueMessage): Promise<void> };
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  sent = [];
  queue = {
    send: async (message) => {
      sent.push(message);
    },
  };
  await run();
  conversationSid = await startConversation();
});

async function startConversation(): Promise<string> {
  const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
  return String(conversation['sid']);
}

async function write(body: string, sid = conversationSid): Promise<string> {
  const message = await bot.service.customer.write({ conversationSid: sid, body });
  await bot.service.idle();
  return String(message['sid']);
}

async function run(remainingMs: () => number = () => 120_000): Promise<number> {
  const hex = (digit: string) => digit.repeat(32);
  const handler = reconcileFunction.createHandler(
    readConfig('reconcile', {
      TWILIO_ACCOUNT_SID: `AC${hex('1')}`,
      TWILIO_CHAT_SERVICE_SID: `IS${hex('2')}`,
      TWILIO_API_KEY_SID: `SK${hex('3')}`,
      TWILIO_API_KEY_SECRET: 'secret',
      QUEUE_URL: 'https://sqs.example.com/parley.fifo',
      TABLE_NAME: 'parley',
    }),
    {
      apiKey: fixedSecret({ sid: `SK${hex('3')}`, secret: 'secret' }),
      store: bot.memory,
      queue,
      http: bot.http,
      clock: { now: () => bot.time.now, sleep: async () => undefined },
      random: () => 0.5,
      log: bot.log,
    },
  );
  const { found } = await handler({} as never, { getRemainingTimeInMillis: remainingMs });
  return found;
}

const counted = (metric: string) => bot.log.lines.filter((line) => metric in line).length;

describe('reconcile', () => {
  it('puts a message whose webhook never came on the queue, as the webhook would have', async () => {
    const sid = await write('one');
    expect(await run()).toBe(1);
    expect(sent).toMatchObject([{ groupId: conversationSid, deduplicationId: `onMessageAdded|${sid}` }]);
    const { event, address, doubtful } = openEnvelope(sent[0]?.body ?? '');
    expect(event).toMatchObject({ EventType: 'onMessageAdded', MessageSid: sid, Body: 'one', Index: 0 });
    expect(address.conversationSid).toBe(conversationSid);
    expect(doubtful).toBe(false);
    expect(await bot.deliver(sent[0]?.body ?? '')).toBe(true);
    expect(bot.creates()).toHaveLength(1);
    expect(counted('message_found')).toBe(1);
  });

  it('finds nothing where every message has a record', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    expect(await run()).toBe(0);
    expect(sent).toEqual([]);
  });

  it('leaves alone what is on its way: a record in flight is a record', async () => {
    await write('one');
    bot.hooks.exchange = (request, pass) =>
      request.method === 'POST' ? Promise.resolve({ status: 503, headers: {}, body: '' }) : pass();
    await bot.deliver(bot.envelope());
    bot.hooks.exchange = (_, pass) => pass();
    expect(await run()).toBe(0);
  });

  it('finds messages in order, after the last one that is accounted for', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const missed = [await write('two'), await write('echo x')];
    expect(await run()).toBe(2);
    expect(sent.map(({ deduplicationId }) => deduplicationId)).toEqual(
      missed.map((sid) => `onMessageAdded|${sid}`),
    );
  });

  it('does not take what was written before the installation for lost', async () => {
    bot = await startReply();
    conversationSid = await startConversation();
    await write('one');
    bot.time.now += 1_000;
    expect(await run()).toBe(0);
    await write('two');
    expect(await run()).toBe(1);
  });

  it('goes on with the other conversations when one cannot be read', async () => {
    const other = await startConversation();
    await write('one');
    await write('one', other);
    bot.hooks.exchange = (request, pass) =>
      request.path.includes(`${conversationSid}/Messages`)
        ? Promise.resolve({
            status: 404,
            headers: { 'content-type': 'application/json' },
            body: '{"code":20404}',
          })
        : pass();
    expect(await run()).toBe(1);
    expect(sent.map(({ groupId }) => groupId)).toEqual([other]);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ reconcile_failed: 1, reason: 'not_found' }),
    );
  });

  it('finds a message in a conversation that is old and was active lately', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    bot.time.now += 23 * HOUR;
    const sid = await write('two');
    expect(await run()).toBe(1);
    expect(sent[0]?.deduplicationId).toBe(`onMessageAdded|${sid}`);
  });

  it('comes to every other conversation in turn, a few pages a run', async () => {
    for (let i = 0; i < 450; i += 1) await startConversation();
    bot.time.now += 48 * HOUR;
    const last = await startConversation();
    await write('one', conversationSid);
    bot.time.now += 48 * HOUR;
    expect(last).toMatch(/^CH/);
    const runs = [await run(), await run()];
    expect(runs.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(1);
    expect(sent.some(({ groupId }) => groupId === conversationSid)).toBe(true);
  });

  it('stops in time, says so, and leaves the rest to the next run', async () => {
    await write('one');
    expect(await run(() => 9_999)).toBe(0);
    expect(counted('reconcile_unfinished')).toBe(1);
  });

  // Each run began with the same conversations, so those at the end were never looked at.
  it('begins with the rest when the last run ran out of time, whatever has come since', async () => {
    const conversations = [conversationSid];
    for (let i = 0; i < 39; i += 1) conversations.push(await startConversation());
    for (const sid of conversations) await write('one', sid);
    const time = (looks: number) => {
      const lists = () => bot.requests.filter(({ path }) => path.includes('/Messages')).length;
      const before = lists();
      return () => (lists() - before >= looks ? 0 : 120_000);
    };
    const first = await run(time(10));
    await startConversation();
    const second = await run(time(10));
    expect(first).toBeGreaterThanOrEqual(10);
    expect(second).toBeGreaterThanOrEqual(10);
    expect(new Set(sent.map(({ groupId }) => groupId)).size).toBe(first + second);
    await run();
    expect(new Set(sent.map(({ groupId }) => groupId)).size).toBe(40);
    await run();
    expect(counted('reconcile_unfinished')).toBe(2);
  });

  it('counts what it finds in many conversations at once', async () => {
    const conversations = [conversationSid];
    for (let i = 0; i < 20; i += 1) conversations.push(await startConversation());
    for (const sid of conversations) await write('one', sid);
    expect(await run()).toBe(21);
  });

  it('gives a sign of life each time, for the alarm that misses it', async () => {
    const before = counted('reconcile_alive');
    await run();
    expect(counted('reconcile_alive')).toBe(before + 1);
  });

  it('counts a second copy of a reply that nobody’s record knows', async () => {
    const sid = await write('one');
    await bot.deliver(bot.envelope());
    await bot.http({
      method: 'POST',
      path: `/v1/Services/IS${'2'.repeat(32)}/Conversations/${conversationSid}/Messages`,
      headers: {
        authorization: `Basic ${Buffer.from(`SK${'3'.repeat(32)}:secret`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        Author: 'parley',
        Body: 'only',
        Attributes: JSON.stringify({ parley: { v: 1, in_reply_to: sid, part: '1/1' } }),
      }).toString(),
      timeoutMs: 1_000,
    });
    await run();
    expect(counted('duplicate_detected')).toBe(1);
  });
});

describe('the spool', () => {
  const message = { groupId: 'CH1', deduplicationId: 'onMessageAdded|IM1', body: '{}' };
  const clock = { now: () => bot.time.now };
  const refusing = { send: () => Promise.reject(new Error('SQS')) };
  const spooled = () => bot.memory.list(SPOOL, 10);

  it('keeps what the queue refuses, once, and brings it back', async () => {
    const spooling = spoolingQueue({ queue: refusing, store: bot.memory, clock, log: bot.log });
    await spooling.send(message);
    await spooling.send(message);
    expect(await spooled()).toHaveLength(1);
    await run();
    expect(sent).toEqual([message]);
    expect(await spooled()).toEqual([]);
  });

  it('is not used while the queue takes messages', async () => {
    await spoolingQueue({ queue, store: bot.memory, clock, log: bot.log }).send(message);
    expect(sent).toEqual([message]);
    expect(await spooled()).toEqual([]);
  });

  it('passes on the queue’s own error when the table refuses too', async () => {
    const put = () => Promise.reject(new Error('DynamoDB'));
    const spooling = spoolingQueue({ queue: refusing, store: { put }, clock, log: bot.log });
    await expect(spooling.send(message)).rejects.toThrow('SQS');
  });

  const spool = async (from: number, to: number) => {
    const spooling = spoolingQueue({ queue: refusing, store: bot.memory, clock, log: bot.log });
    for (let n = from; n < to; n += 1) {
      await spooling.send({ ...message, deduplicationId: `onMessageAdded|IM${String(n).padStart(4, '0')}` });
    }
  };

  it('keeps its events while the queue still refuses, and stops asking it', async () => {
    await spool(0, 10);
    queue = refusing;
    await run();
    expect(await spooled()).toHaveLength(10);
    expect(counted('event_stays_spooled')).toBe(5);
  });

  // A hundred every five minutes: after an outage of SQS most would have become stale.
  it('is emptied in one run, however much there is in it', async () => {
    await spool(0, 250);
    await run();
    expect(sent).toHaveLength(250);
    expect(await spooled()).toEqual([]);
  });

  // The one that was refused stood first, and all others behind it.
  it('brings back the others when one of its events is refused', async () => {
    await spool(0, 120);
    const take = queue.send;
    queue = {
      send: (each) => (each.deduplicationId.endsWith('0000') ? Promise.reject(new Error()) : take(each)),
    };
    await run();
    expect(sent).toHaveLength(119);
    expect(await spooled()).toHaveLength(1);
  });

  it('leaves the rest to the next run when time runs out', async () => {
    await spool(0, 20);
    await run(() => (sent.length < 7 ? 120_000 : 0));
    expect(sent).toHaveLength(7);
    await run();
    expect(sent).toHaveLength(20);
  });
});

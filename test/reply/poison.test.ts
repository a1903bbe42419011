import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { book, type ReplyHarness, RULES, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

const write = (body: string) => bot.write(conversationSid, body);

const record = (sid: string): Promise<MessageRecord | undefined> =>
  bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });

const refusal = (status: number, code: number) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code, message: 'no' }),
});

async function deliverTimes(body: string, times: number): Promise<readonly boolean[]> {
  const done: boolean[] = [];
  for (let count = 1; count <= times; count += 1) done.push(await bot.deliver(body, count));
  return done;
}

describe('a message that fails each time', () => {
  // A defect while deciding was retried a hundred times, for hours, while its conversation waited.
  it('because deciding breaks is set aside after five deliveries, and the next one is answered', async () => {
    const defective = {
      id: 'otherwise',
      // biome-ignore lint/suspicious/noThenProperty: an item has it
      get then(): never {
        throw new TypeError('a defect');
      },
    };
    const broken = { ...book(RULES), otherwise: [defective] };
    bot.deploy(broken);
    const sid = await write('something else');
    expect(await deliverTimes(bot.envelope(), 5)).toEqual([false, false, false, false, true]);
    expect((await record(sid))?.finished).toMatchObject({ outcome: 'quarantined', reason: 'defect' });

    const next = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await record(next))?.finished?.outcome).toBe('replied');
  });

  // It was a dead letter without an outcome: the list of what may be missed said 404 a hundred times.
  it('because its conversation was deleted while a webhook is missing ends with the reason', async () => {
    await write('one');
    const sid = await write('two');
    const body = bot.envelope();
    bot.hooks.exchange = async () => refusal(404, 20404);
    expect(await deliverTimes(body, 5)).toEqual([false, false, false, false, true]);
    expect((await record(sid))?.finished).toMatchObject({
      outcome: 'quarantined',
      reason: 'not_found:20404',
    });
    expect(bot.log.lines.some((line) => 'gap_unread' in line)).toBe(true);
  });

  it('because its text cannot be had from Twilio ends with the reason', async () => {
    const sid = await write('one');
    const doubtful = bot.envelope(0, true);
    bot.hooks.exchange = async () => refusal(403, 20003);
    expect(await deliverTimes(doubtful, 5)).toEqual([false, false, false, false, true]);
    expect((await record(sid))?.finished).toMatchObject({ outcome: 'quarantined', reason: 'rejected' });
  });

  it('after its reply was begun keeps what is known of the reply', async () => {
    const sid = await write('two');
    const body = bot.envelope();
    let posts = 0;
    bot.hooks.exchange = async (request, pass) => {
      if (request.method === 'POST') posts += 1;
      return request.method === 'POST' && posts > 1 ? Promise.reject(new TypeError('a defect')) : pass();
    };
    const settled = async (count: number) => {
      bot.time.now += 60_000;
      return bot.deliver(body, count);
    };
    for (let count = 1; count <= 5; count += 1) expect(await settled(count)).toBe(false);
    // What may have been sent settles first.
    expect(bot.postponed.at(-1)).toBe(51);
    expect(await settled(6)).toBe(true);
    expect(posts).toBe(6);
    expect(await record(sid)).toMatchObject({
      parts: [{ state: 'sent' }, { state: 'sending' }],
      finished: { outcome: 'quarantined', reason: 'defect' },
    });
  });

  it('leaves the outcome alone that somebody else saved meanwhile', async () => {
    const sid = await write('one');
    const body = bot.envelope();
    const other = {
      v: 1,
      eventType: 'onMessageAdded',
      receivedAt: 1,
      parts: [],
      finished: { outcome: 'no_rule', at: 1 },
    };
    const key = { pk: conversationSid, sk: `onMessageAdded|${sid}` };
    bot.hooks.exchange = async () => {
      throw new TypeError('a defect');
    };
    for (let count = 1; count <= 4; count += 1) {
      expect(await bot.deliver(body, count)).toBe(false);
      bot.time.now += 60_000;
    }
    bot.hooks.exchange = async () => {
      const stored = await bot.memory.get(key);
      const item = { version: 99, expiresAt: bot.time.now, value: other };
      await bot.memory.put(key, item, stored?.version);
      throw new TypeError('a defect');
    };
    expect(await bot.deliver(body, 5)).toBe(true);
    expect((await record(sid))?.finished?.outcome).toBe('no_rule');
  });

  it('for a reason that may pass is not set aside, however often it comes', async () => {
    const sid = await write('one');
    bot.hooks.exchange = async () => refusal(503, 20503);
    expect(await bot.deliver(bot.envelope(), 50)).toBe(false);
    expect((await record(sid))?.finished).toBeUndefined();
  });
});

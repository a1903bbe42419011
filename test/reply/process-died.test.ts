import { beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../lib/aws/aws-error.ts';
import { type Exchange, type ReplyHarness, startReply, withoutService } from './bot-harness.ts';

const MINUTE = 60_000;
/** How long the queue hides what nobody gave back. */
const HIDDEN_MS = 180_000;

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

const write = (body: string) => bot.write(conversationSid, body);

const finishedOf = async (sid: string) =>
  (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
const fails: Exchange = async (request, pass) =>
  request.method === 'POST'
    ? { status: 409, headers: { 'content-type': 'application/json' }, body: '{"code":50514,"message":"no"}' }
    : pass();

/** One delivery in which the process dies at the first request that `isDeadly`; true when it did. */
async function dies(body: string, count: number, isDeadly: (path: string) => boolean): Promise<boolean> {
  const died = new Promise<'died'>((resolve) => {
    bot.hooks.exchange = (request, pass) => {
      if (!isDeadly(`${request.method} ${request.path} ${request.body}`)) return pass();
      resolve('died');
      return new Promise(() => undefined);
    };
  });
  const end = await Promise.race([bot.deliver(body, count), died]);
  bot.hooks.exchange = (_, pass) => pass();
  bot.time.now += HIDDEN_MS;
  return end === 'died';
}

const isPost = (request: string) => request.startsWith('POST');

describe('a message of which the process dies each time', () => {
  it.each([
    ['sent', isPost],
    ['looked for', (request: string) => request.startsWith('GET')],
  ])('while it is %s is set aside by the delivery after the fifth', async (_, isDeadly) => {
    const sid = await write('name');
    const body = bot.envelope();
    for (let count = 1; count <= 5; count += 1) expect(await dies(body, count, isDeadly)).toBe(true);
    const before = bot.requests.length;
    expect(await bot.deliver(body, 6)).toBe(true);
    expect(bot.requests).toHaveLength(before);
    expect(await finishedOf(sid)).toMatchObject({ outcome: 'quarantined', reason: 'process_died' });
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);

    const next = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await finishedOf(next))?.outcome).toBe('replied');
  });

  it('is set aside although no webhook told of it, and the one behind it is answered', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const lost = await write('name');
    bot.time.now += 60_001;
    const next = await write('again');
    const isLosts = (request: string) => request.includes('/Participants/');
    for (let count = 1; count <= 5; count += 1) expect(await dies(bot.envelope(), count, isLosts)).toBe(true);
    expect(await bot.deliver(bot.envelope(), 6)).toBe(true);
    expect(await finishedOf(lost)).toMatchObject({ outcome: 'quarantined', reason: 'process_died' });
    expect((await finishedOf(next))?.outcome).toBe('replied');
  });

  // Cause: no mark was saved before that, so the conversation stood still until the queue gave the message up.
  it('while Twilio is asked for its service is set aside, and the one behind it is answered', async () => {
    bot = await startReply({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    conversationSid = await bot.startConversation();
    const nameless = () => withoutService(bot.envelope());
    const sid = await write('one');
    const body = nameless();
    const isAsked = (request: string) => request.startsWith('GET') && request.includes(conversationSid);
    for (let count = 1; count <= 5; count += 1) expect(await dies(body, count, isAsked)).toBe(true);
    expect(await dies(body, 6, isAsked), 'nobody asks any more').toBe(false);
    expect(await finishedOf(sid)).toMatchObject({ outcome: 'quarantined', reason: 'process_died' });
    expect(bot.log.lines.filter((line) => 'outcome_quarantined' in line)).toHaveLength(1);

    const next = await write('again');
    expect(await bot.deliver(nameless())).toBe(true);
    expect((await finishedOf(next))?.outcome).toBe('replied');
  });

  it('is taken up again by a queue message of its own, which finds the mark', async () => {
    const sid = await write('name');
    for (let count = 1; count <= 5; count += 1) await dies(bot.envelope(), count, isPost);
    // Its queue message is gone; the reconciler brings another.
    expect(await bot.deliver(bot.envelope(), 1)).toBe(true);
    expect(await finishedOf(sid)).toMatchObject({ reason: 'process_died' });
  });
});

describe('a process that dies now and then', () => {
  it('as before the third delivery, leaves no mark', async () => {
    const sid = await write('one');
    for (let count = 1; count <= 2; count += 1) await dies(bot.envelope(), count, isPost);
    expect(bot.memory.items().some(([{ sk }]) => sk.startsWith('tries|'))).toBe(false);
    expect(await bot.deliver(bot.envelope(), 3)).toBe(true);
    expect((await finishedOf(sid))?.outcome).toBe('replied');
  });

  it.each([3, 5, 9])(
    'as in a deployment, or twice, costs the message nothing: delivery %d',
    async (count) => {
      const sid = await write('one');
      // What it waited for, or the table, took the deliveries before.
      expect(await dies(bot.envelope(), count, isPost)).toBe(true);
      expect(await dies(bot.envelope(), count + 1, isPost)).toBe(true);
      expect(await bot.deliver(bot.envelope(), count + 2)).toBe(true);
      expect((await finishedOf(sid))?.outcome).toBe('replied');
    },
  );

  it('and again although the deliveries in between only waited, was not a deployment', async () => {
    bot = await startReply({ REPLY_SETTLE_SECONDS: '300' });
    conversationSid = await bot.startConversation();
    const sid = await write('one');
    const body = bot.envelope();
    for (const count of [5, 7, 9]) {
      expect(await dies(body, count, isPost)).toBe(true);
      if (count === 9) break;
      expect(await bot.deliver(body, count + 1)).toBe(false);
      bot.time.now += HIDDEN_MS;
    }
    expect(await bot.deliver(body, 10)).toBe(true);
    expect(await finishedOf(sid)).toMatchObject({ reason: 'process_died' });
  });

  it('and fails in between, ends at the fifth failure at the latest', async () => {
    const sid = await write('one');
    const body = bot.envelope();
    let count = 1;
    for (let done = false; !done; count += 2) {
      expect(count).toBeLessThan(12);
      await dies(body, count, isPost);
      bot.hooks.exchange = fails;
      done = await bot.deliver(body, count + 1);
      bot.time.now += MINUTE;
    }
    expect(await finishedOf(sid)).toMatchObject({ outcome: 'quarantined' });
  });
});

describe('a message whose service Twilio was asked for', () => {
  it('is not blamed for a process that dies of the gap before it', async () => {
    bot = await startReply({ TWILIO_CHAT_SERVICE_SID: `IS${'2'.repeat(32)},IS${'7'.repeat(32)}` });
    conversationSid = await bot.startConversation();
    await write('silence');
    const sid = await write('one');
    const body = withoutService(bot.envelope());
    expect(await dies(body, 3, (request) => request.startsWith('GET') && request.includes('/Messages'))).toBe(
      true,
    );
    const tries = (of: string) =>
      bot.memory.get({ pk: conversationSid, sk: `tries|${of}onMessageAdded|${sid}` });
    expect((await tries('gap|'))?.value).toMatchObject({ working: true });
    expect((await tries(''))?.value).not.toHaveProperty('working');
  });
});

describe('a delivery that merely failed', () => {
  it.each([
    ['by itself', new TypeError('x')],
    ['because of Twilio', undefined],
  ])('%s takes its mark off', async (_, error) => {
    const sid = await write('one');
    const body = bot.envelope();
    bot.hooks.exchange = error ? () => Promise.reject(error) : fails;
    expect(await bot.deliver(body, 9)).toBe(false);
    bot.time.now += MINUTE;
    bot.hooks.exchange = (_request, pass) => pass();
    expect(await bot.deliver(body, 10)).toBe(true);
    expect((await finishedOf(sid))?.outcome).toBe('replied');
  });

  it.each(['before', 'after'] as const)(
    'takes its mark off although the table fails once, %s its effect',
    async (when) => {
      const sid = await write('one');
      const body = bot.envelope();
      let count = 5;
      for (; count <= 8; count += 1) {
        let puts = 0;
        bot.hooks.exchange = () => Promise.reject(new AwsError('GetSecretValue', new Error()));
        bot.hooks.store.put = async (key, item, expected) => {
          if (key.sk.startsWith('tries|')) puts += 1;
          if (puts === 2 && when === 'before') throw new AwsError('DynamoDB PutItem', new Error());
          const saved = await bot.memory.put(key, item, expected);
          if (puts === 2 && key.sk.startsWith('tries|')) throw new AwsError('DynamoDB PutItem', new Error());
          return saved;
        };
        expect(await bot.deliver(body, count)).toBe(false);
        bot.time.now += MINUTE;
      }
      bot.hooks.store = {};
      bot.hooks.exchange = (_request, pass) => pass();
      expect(await bot.deliver(body, count)).toBe(true);
      expect((await finishedOf(sid))?.outcome).toBe('replied');
    },
  );

  // With two deaths it was the third, and set aside what it stood before.
  it('because the answer to its mark was lost takes it off', async () => {
    const sid = await write('one');
    const body = bot.envelope();
    for (const count of [3, 4]) expect(await dies(body, count, isPost)).toBe(true);
    bot.hooks.store.put = async (key, item, expected) => {
      const saved = await bot.memory.put(key, item, expected);
      const isMark = key.sk.startsWith('tries|') && JSON.stringify(item.value).includes('working');
      if (isMark) throw new AwsError('DynamoDB PutItem', new Error());
      return saved;
    };
    expect(await bot.deliver(body, 5)).toBe(false);
    bot.hooks.store = {};
    bot.time.now += MINUTE;
    expect(await bot.deliver(body, 6)).toBe(true);
    expect((await finishedOf(sid))?.outcome).toBe('replied');
  });

  it('because of the table takes its mark off, and counts nothing', async () => {
    const sid = await write('one');
    const body = bot.envelope();
    for (let count = 5; count <= 15; count += 1) {
      bot.hooks.store.put = async (key, item, expected) => {
        if (key.sk === `onMessageAdded|${sid}`) throw new AwsError('DynamoDB PutItem', new Error());
        return bot.memory.put(key, item, expected);
      };
      expect(await bot.deliver(body, count)).toBe(false);
    }
    bot.hooks.store = {};
    expect(await bot.deliver(body, 16)).toBe(true);
    expect((await finishedOf(sid))?.outcome).toBe('replied');
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { type ReplyHarness, startReply } from './bot-harness.ts';

const HOUR = 3_600_000;
const failed = { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' };

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

/** A message whose answer was begun, and whose queue message is gone since. */
async function leaveInFlight(body: string, failing: string): Promise<string> {
  const { sid } = await bot.service.customer.write({ conversationSid, body });
  await bot.service.idle();
  bot.hooks.exchange = async (request, pass) =>
    new URLSearchParams(request.body).get('Body') === failing ? failed : pass();
  expect(await bot.deliver(bot.envelope())).toBe(false);
  bot.hooks.exchange = (_, pass) => pass();
  bot.time.now += 13 * HOUR;
  return String(sid);
}

const recordOf = (sid: string) => bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });

describe('a record in flight whose queue message is gone', () => {
  it('is finished by another one, when half of the answer is there', async () => {
    const sid = await leaveInFlight('two', 'second');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await recordOf(sid))?.finished?.outcome).toBe('replied');
    expect(bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'))).toEqual([
      'first',
      'second',
      'second',
    ]);
  });

  it('is finished by another one as stale, when none of the answer is there', async () => {
    const sid = await leaveInFlight('two', 'first');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect((await recordOf(sid))?.finished?.outcome).toBe('stale');
    expect(bot.creates()).toHaveLength(1);
  });

  it('ends at the first failure, because it is past the age limit, and keeps no words', async () => {
    const sid = await leaveInFlight('two', 'second');
    bot.hooks.exchange = async () => failed;
    for (let count = 1; !(await bot.deliver(bot.envelope(), count)); count += 1) {
      expect(count).toBeLessThan(3);
      bot.time.now += 60_000;
    }
    const record = await recordOf(sid);
    expect(record).toMatchObject({
      parts: [{ state: 'sent' }, {}],
      finished: { outcome: 'quarantined', reason: 'server_failure' },
    });
    expect(JSON.stringify(record)).not.toMatch(/first|second/);
  });

  it('has five tries in all, however often its queue message is another one', async () => {
    const { sid } = await bot.service.customer.write({ conversationSid, body: 'one' });
    await bot.service.idle();
    bot.hooks.exchange = async (request, pass) => (request.method === 'POST' ? failed : pass());
    // Each time the queue message is another, so its own count begins anew.
    for (let n = 1; n <= 5; n += 1) {
      expect(await bot.deliver(bot.envelope(), 1)).toBe(false);
      bot.time.now += 60_000;
    }
    expect(await bot.deliver(bot.envelope(), 1)).toBe(true);
    expect((await recordOf(String(sid)))?.finished?.outcome).toBe('quarantined');
    expect(bot.creates()).toHaveLength(5);
  });
});

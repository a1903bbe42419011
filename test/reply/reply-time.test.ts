import { beforeEach, describe, expect, it } from 'vitest';
import { sealAgain } from '../../lib/queue/envelope.ts';
import { type ReplyHarness, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

const values = () => bot.log.lines.filter((line) => 'queue_ms' in line);
/** Each request takes `ms`, and the answer to the `n`-th create is lost. */
function takes(ms: number, lost = 0): void {
  let creates = 0;
  bot.hooks.exchange = async ({ method }, pass) => {
    const answer = await pass();
    bot.time.now += ms;
    if (method === 'POST') creates += 1;
    if (method === 'POST' && creates === lost) throw new Error('reset');
    return answer;
  };
}

describe('the time of a reply', () => {
  it('is from when Twilio had the message to its answer that the first message of ours is there', async () => {
    await bot.write(conversationSid, 'two');
    bot.time.now += 1_000;
    const envelope = bot.envelope();
    bot.time.now += 500;
    takes(200);
    await bot.deliver(envelope);
    // The second message took another 200 ms, which nobody waits for.
    expect(values()).toMatchObject([{ queue_ms: 500, reply_ms: 1_700 }]);
  });

  it('counts until it was found where the answer was lost, and once however often the message comes', async () => {
    await bot.write(conversationSid, 'one');
    takes(200, 1);
    const envelope = bot.envelope();
    for (let count = 1; count <= 3; count += 1) await bot.deliver(envelope, count);
    const [value, ...more] = values();
    expect(more).toEqual([]);
    expect(value?.['reply_ms']).toBeGreaterThan(200);
    expect(bot.creates()).toHaveLength(1);
  });

  it('is not told where nothing was said, while the time on the queue is, once for each outcome', async () => {
    await bot.write(conversationSid, 'nobody knows this');
    const envelope = bot.envelope();
    bot.time.now += 2_000;
    await bot.deliver(envelope);
    await bot.deliver(envelope, 2);
    expect(values()).toMatchObject([{ queue_ms: 2_000 }]);
    expect(values()[0]).not.toHaveProperty('reply_ms');
  });

  // One message that was found, or redriven after a night, would have been a page for slow replies.
  it('is not told of what no webhook brought, nor of what an operator has answered late', async () => {
    await bot.write(conversationSid, 'one');
    const envelope = JSON.parse(bot.envelope());
    await bot.deliver(JSON.stringify({ ...envelope, found: true }));
    await bot.write(conversationSid, 'again');
    await bot.deliver(sealAgain(bot.envelope(), bot.time.now + 60_000));
    expect(bot.creates()).toHaveLength(2);
    expect(values().map((value) => 'reply_ms' in value)).toEqual([false, false]);
  });

  it('is never less than nothing, although two clocks differ', async () => {
    await bot.write(conversationSid, 'one');
    const envelope = bot.envelope();
    bot.time.now -= 3_000;
    await bot.deliver(envelope);
    expect(values()).toMatchObject([{ queue_ms: 0, reply_ms: 0 }]);
  });
});

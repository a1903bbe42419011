import { describe, expect, it } from 'vitest';
import { startReply } from '../reply/bot-harness.ts';

describe('a message that was deleted before its turn came', () => {
  // It waited for a list that would show it, twenty times, and then was a dead letter without an outcome.
  it('does not hold up a conversation in which a webhook is missing', async () => {
    const bot = await startReply();
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    const lost = await bot.service.customer.write({ conversationSid, body: 'one' });
    const deleted = await bot.service.customer.write({ conversationSid, body: 'silence' });
    await bot.service.idle();
    const body = bot.envelope();
    await bot.service.customer.remove({ conversationSid, messageSid: String(deleted['sid']) });

    for (const receiveCount of [1, 2, 3, 4]) expect(await bot.deliver(body, receiveCount)).toBe(false);
    expect(bot.postponed).toEqual([2, 2, 2, 2]);
    expect(await bot.deliver(body, 5)).toBe(true);
    const outcomes = [lost, deleted].map(({ sid }) =>
      bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }),
    );
    expect(await Promise.all(outcomes)).toMatchObject([
      { finished: { outcome: 'replied' } },
      { finished: { outcome: 'suppressed', reason: 'ignored' } },
    ]);
  });
});

describe('the first messages that a new installation hears of', () => {
  // What was written a second before the first look passed for history, and was answered after the later one.
  it('are answered in their order when the second one overtakes the first', async () => {
    const bot = await startReply();
    bot.time.now = Date.parse('2026-11-20T12:00:00.900Z');
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await bot.service.customer.write({ conversationSid, body: 'one' });
    bot.time.now += 1_500;
    await bot.service.customer.write({ conversationSid, body: 'again' });
    await bot.service.idle();
    const [first, second] = [bot.envelope(1), bot.envelope(0)];
    expect(await bot.deliver(second)).toBe(true);
    expect(await bot.deliver(first)).toBe(true);
    const subjects = bot.creates().map(({ body }) => new URLSearchParams(body).get('Attributes'));
    const sids = [first, second].map((envelope) => JSON.parse(envelope).params.MessageSid);
    expect(subjects.map((attributes) => JSON.parse(attributes ?? '').parley.in_reply_to)).toEqual(sids);
  });
});

import { describe, expect, it } from 'vitest';
import { startReply } from './bot-harness.ts';

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

import { beforeEach, describe, expect, it } from 'vitest';
import { type ReplyHarness, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  bot.service.configureWebhooks({
    PostWebhookUrl: 'https://bot.example.com/hook',
    Filters: ['onMessageAdded', 'onParticipantRemoved'],
  });
  conversationSid = await bot.startConversation();
}

beforeEach(() => begin());

/** @returns how the event ended that somebody left, which no rule answers. */
async function leave() {
  await bot.service.customer.join({ conversationSid, identity: 'kim' });
  await bot.service.customer.leave({ conversationSid, author: 'kim' });
  await bot.service.idle();
  expect(await bot.deliver(bot.envelope())).toBe(true);
  const values = bot.memory.items().map(([, { value }]) => value);
  return values.find((value) => Object(value).eventType === 'onParticipantRemoved');
}

describe('whoever watches', () => {
  it('is told of a reply with its rule', async () => {
    const decided = bot.watch();
    await bot.write(conversationSid, 'one');
    await bot.deliver(bot.envelope());
    expect(decided).toMatchObject([{ outcome: 'reply', rule: 'one' }]);
  });

  it('is told which guard stopped an answer', async () => {
    await begin({ BOT_MODE: 'off' });
    const decided = bot.watch();
    await bot.write(conversationSid, 'one');
    await bot.deliver(bot.envelope());
    expect(decided).toEqual([{ outcome: 'suppressed', reason: 'off', guard: true, considered: [] }]);
  });

  it('is told that it came too late, instead of the reply', async () => {
    const sid = await bot.write(conversationSid, 'one');
    const body = bot.envelope();
    await bot.deliver(body);
    // The table is lost.
    await bot.memory.remove({ pk: conversationSid, sk: `onMessageAdded|${sid}` }, 2);
    const decided = bot.watch();
    await bot.deliver(body, 2);
    expect(decided).toEqual([
      { outcome: 'suppressed', reason: 'answered_elsewhere', guard: true, considered: [] },
    ]);
  });

  it('is told that no rule answers what only changes or goes', async () => {
    const decided = bot.watch();
    await leave();
    expect(decided).toEqual([{ outcome: 'no_rule', considered: [] }]);
  });
});

describe('an event that no rule answers', () => {
  it('ends so though nobody watches, and in mode off as well', async () => {
    for (const BOT_MODE of ['live', 'off']) {
      await begin({ BOT_MODE });
      expect(await leave()).toMatchObject({ finished: { outcome: 'no_rule' } });
    }
  });
});

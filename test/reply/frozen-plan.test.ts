import { beforeEach, describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { book, type ReplyHarness, RULES, startReply } from './bot-harness.ts';

const settings: Record<string, string> = {};
let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  for (const name of Object.keys(settings)) delete settings[name];
  bot = await startReply(settings);
  conversationSid = await bot.startConversation();
});

const write = (body: string) => bot.write(conversationSid, body);

const replies = () =>
  bot.service
    .since(0)
    .flatMap((each) => (each.kind === 'message' && each.change === 'added' ? [each.resource] : []))
    .filter(({ attributes }) => String(attributes).includes('in_reply_to'))
    .map(({ author, body }) => `${author}: ${body}`);

/** The POST takes effect, its answer is lost, and there is no time to look for it. */
async function sendAndLoseTheAnswer(): Promise<void> {
  bot.hooks.exchange = async (request, pass) => {
    const response = await pass();
    return request.method === 'POST'
      ? { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' }
      : response;
  };
  bot.time.remainingMs = 10_500;
  expect(await bot.deliver(bot.envelope())).toBe(false);
  bot.hooks.exchange = (_, pass) => pass();
  bot.time.remainingMs = 30_000;
}

async function deployAs(author: string): Promise<void> {
  settings['BOT_AUTHOR'] = author;
  bot.deploy(book(RULES));
  for (let count = 2; count <= 6; count += 1) {
    bot.time.now += 60_000;
    if (await bot.deliver(bot.envelope(), count)) return;
  }
}

describe('a deployment with another BOT_AUTHOR', () => {
  // The reply was looked for under the new name, not found, and sent again.
  it('finds what was sent under the old one', async () => {
    await write('one');
    await sendAndLoseTheAnswer();
    await deployAs('support-bot');
    expect(replies()).toEqual(['parley: only']);
  });

  it('goes on under the name with which the answer began', async () => {
    await write('two');
    await sendAndLoseTheAnswer();
    await deployAs('support-bot');
    expect(replies()).toEqual(['parley: first', 'parley: second']);
  });

  it('sends what a version before it has planned, which kept no name, under its own', async () => {
    const sid = await write('two');
    bot.hooks.exchange = async () => ({ status: 429, headers: {}, body: '' });
    await bot.deliver(bot.envelope());
    const key = { pk: conversationSid, sk: `onMessageAdded|${sid}` };
    const stored = await bot.memory.get<MessageRecord>(key);
    if (stored === undefined) throw new Error('no record');
    const { author, ...before } = stored.value;
    expect(author).toBe('parley');
    await bot.memory.put(key, { ...stored, version: stored.version + 1, value: before }, stored.version);
    bot.hooks.exchange = (_, pass) => pass();
    await deployAs('support-bot');
    expect(replies()).toEqual(['support-bot: first', 'support-bot: second']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

const RULES = book(`version: 1
rules:
  - { id: one, when: { keyword: one }, then: { text: only } }
  - { id: joined, when: { event: onParticipantAdded }, then: { text: Welcome! } }
`);

let bot: ReplyHarness;

beforeEach(async () => {
  bot = await startReply();
  bot.deploy(RULES);
});

/** What the bot says when somebody joins by a chat identity, after what was said before. */
async function saidTo(conversationSid: string, identity: string): Promise<readonly (string | null)[]> {
  const before = bot.creates().length;
  bot.time.now += 60_000;
  await bot.service.customer.join({ conversationSid, identity });
  await bot.service.idle();
  expect(await bot.deliver(bot.envelope())).toBe(true);
  const said = bot.creates().slice(before);
  return said.map(({ body }) => new URLSearchParams(body).get('Body'));
}

describe('whoever joins by a chat identity, where AGENTS is empty', () => {
  // Cause: who had come by a channel was asked of those who write alone, and an agent was welcomed in a customer's chat.
  it('is not welcomed where somebody has written by WhatsApp', async () => {
    const conversationSid = await bot.startConversation();
    await bot.write(conversationSid, 'one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await saidTo(conversationSid, 'ana')).toEqual([]);
  });

  it('is not welcomed where somebody has joined by WhatsApp', async () => {
    const conversationSid = await bot.startConversation();
    expect(JSON.parse(bot.envelope()).params.EventType).toBe('onParticipantAdded');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await saidTo(conversationSid, 'ana')).toEqual([]);
  });

  it('is welcomed where everybody chats', async () => {
    const { conversation } = await bot.service.customer.startConversation({ channel: 'chat', author: 'kim' });
    await bot.service.idle();
    expect(await saidTo(String(conversation['sid']), 'lou')).toEqual(['Welcome!']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { askTwilio } from './ask-twilio.ts';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

const MINUTE = 60_000;

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply({ AGENTS: '' });
  bot.deploy(
    book(`version: 1
rules:
  - { id: one, when: { keyword: one }, then: { text: only } }
`),
  );
  ({ sid: conversationSid } = await post('/Conversations', {}));
  await bot.service.customer.join({ conversationSid, identity: 'cleo' });
});

async function post(path: string, form: Readonly<Record<string, string>>) {
  const { status, content } = await askTwilio(bot, { path, form, tells: true });
  expect(status).toBe(201);
  await bot.service.idle();
  return content;
}

const postByProgram = (Author: string) =>
  post(`/Conversations/${conversationSid}/Messages`, { Author, Body: 'a ticket' });

async function hear(envelope: string): Promise<void> {
  for (let times = 1; times < 20 && !(await bot.deliver(envelope, times)); times += 1) bot.time.now += 2_000;
}

async function endOf(sid: string): Promise<string | undefined> {
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return finished?.reason ?? finished?.outcome;
}

// Cause: the number alone said that somebody had come by a channel, where whoever chats is one of your people.
describe.each(['+15550199000', 'whatsapp:+15550199000'])(
  'a program that posts as %s, without a participant, where customers chat',
  (author) => {
    it('makes no person of them by what it posted before the bot', async () => {
      await bot.write(conversationSid, 'hi', 'cleo');
      await postByProgram(author);
      bot.time.now += MINUTE;
      const sid = await bot.write(conversationSid, 'one', 'cleo');
      await hear(bot.envelope());
      expect(await endOf(sid)).toBe('replied');
    });

    it('makes no person of them by what its webhook says', async () => {
      await postByProgram(author);
      await hear(bot.envelope());
      bot.time.now += MINUTE;
      const sid = await bot.write(conversationSid, 'one', 'cleo');
      await hear(bot.envelope());
      expect(await endOf(sid)).toBe('replied');
    });

    it('makes no person of them by what stands behind a message that is answered late', async () => {
      const sid = await bot.write(conversationSid, 'one', 'cleo');
      const envelope = bot.envelope();
      await bot.write(conversationSid, 'are you there?', 'cleo');
      await postByProgram(author);
      bot.time.now += 2 * MINUTE;
      await hear(envelope);
      expect(await endOf(sid)).toBe('replied');
    });
  },
);

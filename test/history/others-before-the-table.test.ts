import { describe, expect, it } from 'vitest';
import { startScene } from '../reconcile/scene.ts';
import { askTwilio } from '../reply/ask-twilio.ts';
import { book, type ReplyHarness, startReply } from '../reply/bot-harness.ts';

/** What others wrote in the minutes before the first message of which a new table hears. */

const MINUTE = 60_000;
const rulesOf = (quiet: string) =>
  book(`version: 1
quiet_after_person: ${quiet}
rules:
  - { id: one, when: { keyword: one }, then: { text: only } }
  - { id: two, when: { keyword: two }, then: { text: twice } }
`);

async function request(
  bot: ReplyHarness,
  method: string,
  path: string,
  form: Readonly<Record<string, string>>,
) {
  const { status, content } = await askTwilio(bot, { method, path, form });
  expect(status).toBeLessThan(300);
  return content;
}

/** Where a role tells who is one of your people, so that Twilio is asked for whoever chats. */
async function startByRole() {
  const settings = { AGENTS: '' };
  const bot = await startReply(settings);
  const role = { FriendlyName: 'agent', Type: 'conversation', Permission: 'sendMessage' };
  settings.AGENTS = (await request(bot, 'POST', '/Roles', role)).sid;
  bot.deploy(rulesOf('4h'));
  return { bot, conversationSid: await bot.startConversation() };
}

/** So many customers chat, a program posts a note, and then the table is lost. */
async function chatAndLose(customers: number, each: number) {
  const { bot, conversationSid } = await startByRole();
  for (let i = 0; i < customers; i += 1) {
    await bot.service.customer.join({ conversationSid, identity: `bob${i}` });
    for (let j = 0; j < each; j += 1) await bot.write(conversationSid, 'words', `bob${i}`);
  }
  await request(bot, 'POST', `/Conversations/${conversationSid}/Messages`, { Author: 'crm', Body: 'ticket' });
  for (const [key, { version }] of bot.memory.items()) await bot.memory.remove(key, version);
  bot.deploy(rulesOf('4h'));
  bot.time.now += MINUTE;
  return { bot, conversationSid };
}

/** @returns how it ended, and by which delivery */
async function hear(bot: ReplyHarness, conversationSid: string, body: string) {
  const sid = await bot.write(conversationSid, body);
  const envelope = bot.envelope();
  let times = 1;
  for (; times < 20 && !(await bot.deliver(envelope, times)); times += 1) bot.time.now += 2_000;
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return [finished?.reason ?? finished?.outcome, times];
}

describe('history of customers before the first message that a new table hears of', () => {
  // Cause: each of its messages cost a request, nothing was kept of it, and each delivery began anew.
  it.each([
    ['one wrote all of it', 1, 150],
    ['many wrote it', 150, 1],
  ])('costs a few requests, where %s', async (_, customers, each) => {
    const { bot, conversationSid } = await chatAndLose(customers, each);
    const before = bot.requests.length;
    expect(await hear(bot, conversationSid, 'one')).toEqual(['replied', 1]);
    const asked = bot.requests.slice(before).filter(({ path }) => path.includes('/Participants'));
    expect(asked.length).toBeLessThan(4);
  });

  it('holds up nothing for ever, where the process dies of asking who wrote it', async () => {
    const { bot, conversationSid } = await chatAndLose(1, 1);
    await bot.write(conversationSid, 'one');
    const envelope = bot.envelope();
    let times = 1;
    for (; times < 20; times += 1) {
      const died = new Promise<'died'>((resolve) => {
        bot.hooks.exchange = async (asked, pass) => {
          if (!asked.path.includes('/Participants')) return pass();
          resolve('died');
          return new Promise(() => undefined);
        };
      });
      if ((await Promise.race([bot.deliver(envelope, times), died])) === true) break;
      bot.time.now += MINUTE;
    }
    expect([times, bot.creates().length]).toEqual([6, 1]);
  });

  // Cause: whoever is not shown was waited for as if they had just joined.
  it.each([1, 3])('delays nothing where %i who wrote it have left', async (many) => {
    const { bot, conversationSid } = await chatAndLose(many, 1);
    const path = `/Conversations/${conversationSid}/Participants`;
    const { participants } = await request(bot, 'GET', path, {});
    for (const { sid, identity } of participants) {
      if (identity) await request(bot, 'DELETE', `${path}/${sid}`, {});
    }
    expect(await hear(bot, conversationSid, 'one')).toEqual(['replied', 1]);
  });
});

// Cause: it was looked for in five deliveries, though it was no news that she takes part no more.
it.each(['ana', ''])('a person who has left is known at once, with AGENTS=%s', async (AGENTS) => {
  const bot = await startReply({ AGENTS });
  const conversationSid = await bot.startConversation();
  await bot.service.customer.join({ conversationSid, identity: 'ana' });
  await bot.write(conversationSid, 'I help you', 'ana');
  const path = `/Conversations/${conversationSid}/Participants`;
  const { participants } = await request(bot, 'GET', path, {});
  const ana = participants.find(({ identity }: { identity: string | null }) => identity === 'ana');
  await request(bot, 'DELETE', `${path}/${ana.sid}`, {});
  bot.deploy(rulesOf('4h'));
  bot.time.now += MINUTE;
  expect(await hear(bot, conversationSid, 'one')).toEqual(['person', 1]);
});

// Cause: only what had no participant counted as said by somebody else.
it.each([
  ['one of your people', { AGENTS: 'ana' }],
  ['a program that takes part', { AGENTS: 'bo', PROGRAMS: 'ana' }],
  ['a chat identity that no setting names', { AGENTS: '' }],
])(
  'what %s answered before the first look, within a minute of it, is not answered again',
  async (_, settings) => {
    const scene = await startScene(settings);
    const { bot } = scene;
    bot.deploy(rulesOf("'0'"));
    const conversationSid = await bot.startConversation();
    await bot.service.customer.join({ conversationSid, identity: 'ana' });
    await bot.write(conversationSid, 'two');
    bot.time.now += MINUTE / 2;
    await bot.write(conversationSid, 'here is what you asked for', 'ana');
    bot.time.now += MINUTE;
    await scene.run();
    bot.time.now += 40_000;
    await hear(bot, conversationSid, 'one');
    const said = bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));
    expect(said).toEqual(['only']);
  },
);

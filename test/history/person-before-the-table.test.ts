import { describe, expect, it } from 'vitest';
import { startScene, WEBHOOK_URL } from '../reconcile/scene.ts';
import { askTwilio } from '../reply/ask-twilio.ts';
import { book, type ReplyHarness, startReply } from '../reply/bot-harness.ts';

/** Who of your people wrote in the five minutes before the first message of which a new table hears. */

const MINUTE = 60_000;
const rulesOf = (quiet: string) =>
  book(`version: 1
quiet_after_person: ${quiet}
rules:
  - { id: one, when: { keyword: one }, then: { text: only } }
  - { id: two, when: { keyword: two }, then: { text: twice } }
`);

interface Talk {
  readonly bot: ReplyHarness;
  readonly conversationSid: string;
}

async function begin(bot: ReplyHarness, quiet = '1h'): Promise<Talk> {
  bot.deploy(rulesOf(quiet));
  bot.service.configureWebhooks({ PostWebhookUrl: WEBHOOK_URL, Filters: ['onMessageAdded'] });
  return { bot, conversationSid: await bot.startConversation() };
}

/** With the account's key, in no participant's name that is not the author. */
async function request({ bot, conversationSid }: Talk, what: string, form: Readonly<Record<string, string>>) {
  const path = what.startsWith('/') ? what : `/Conversations/${conversationSid}/${what}`;
  const { status, content } = await askTwilio(bot, { path, form });
  expect(status).toBe(201);
  return content;
}

/** Ana joins by a chat identity and writes, and her message is heard of. */
async function helpByChat({ bot, conversationSid }: Talk): Promise<void> {
  await bot.service.customer.join({ conversationSid, identity: 'ana' });
  await bot.write(conversationSid, 'I help you', 'ana');
  await bot.deliver(bot.envelope());
}

async function writeNote(talk: Talk): Promise<void> {
  await request(talk, 'Messages', { Author: 'crm', Body: 'ticket 7' });
}

async function hear({ bot, conversationSid }: Talk, body: string): Promise<string | undefined> {
  bot.time.now += MINUTE;
  const sid = await bot.write(conversationSid, body);
  const envelope = bot.envelope();
  for (let times = 1; times < 20 && !(await bot.deliver(envelope, times)); times += 1) bot.time.now += 2_000;
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return finished?.reason ?? finished?.outcome;
}

async function loseTable({ bot }: Talk, quiet = '1h'): Promise<void> {
  bot.time.now += MINUTE;
  for (const [key, { version }] of bot.memory.items()) await bot.memory.remove(key, version);
  bot.deploy(rulesOf(quiet));
}

describe('a person who wrote a minute before the table was lost', () => {
  // Cause: the five minutes counted only where the new table had heard of a message before the reconciler looked.
  it.each([
    ['heard of the next message first', false],
    ['was looked at by the reconciler first', true],
  ])('is not talked over by a new table that %s', async (_, looks) => {
    const scene = await startScene();
    const talk = await begin(scene.bot);
    await scene.run();
    await hear(talk, 'hello');
    await helpByChat(talk);
    await loseTable(talk);
    if (looks) await scene.run();
    expect([await hear(talk, 'one'), await hear(talk, 'two')]).toEqual(['person', 'person']);
    expect(talk.bot.creates()).toEqual([]);
  });

  // Cause: whatever stood in front of a message without a participant was passed over, and that message itself.
  it.each<[string, (talk: Talk) => Promise<unknown>]>([
    ['by chat', helpByChat],
    [
      'by chat, before a program posted a note',
      async (talk) => {
        await helpByChat(talk);
        await writeNote(talk);
      },
    ],
    ['over REST', (talk) => request(talk, 'Messages', { Author: 'ana', Body: 'I help you' })],
  ])('is not talked over, where they wrote %s', async (_, writes) => {
    const talk = await begin(await startReply({ AGENTS: 'ana' }));
    await hear(talk, 'hello');
    await writes(talk);
    await loseTable(talk);
    expect(await hear(talk, 'one')).toBe('person');
  });

  it('is not talked over, where a role tells them', async () => {
    const settings = { AGENTS: '' };
    const bot = await startReply(settings);
    const talk = await begin(bot);
    const role = { FriendlyName: 'agent', Type: 'conversation', Permission: 'sendMessage' };
    const { sid: RoleSid } = await request(talk, '/Roles', role);
    settings.AGENTS = RoleSid;
    await hear(talk, 'hello');
    await request(talk, 'Participants', { Identity: 'ana', RoleSid });
    await bot.write(talk.conversationSid, 'I help you', 'ana');
    await writeNote(talk);
    await loseTable(talk);
    expect(await hear(talk, 'one')).toBe('person');
  });
});

describe('what customers wrote beside them', () => {
  /** Between the person and a note, so that it is history; and the next message has to wait once. */
  async function lost(quiet: string): Promise<Talk> {
    const talk = await begin(await startReply({ AGENTS: 'ana' }), quiet);
    await helpByChat(talk);
    talk.bot.time.now += 1_000;
    await talk.bot.write(talk.conversationSid, 'two');
    await writeNote(talk);
    await loseTable(talk, quiet);
    return talk;
  }

  it('stays history, though the person is known', async () => {
    const talk = await lost('0s');
    const { bot } = talk;
    let isRefused = false;
    bot.hooks.exchange = async (asked, pass) => {
      if (asked.method !== 'POST' || isRefused) return pass();
      isRefused = true;
      const headers = { 'content-type': 'application/json', 'retry-after': '20' };
      return { status: 429, headers, body: '{"code":20429}' };
    };
    expect(await hear(talk, 'one')).toBe('replied');
    const said = bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));
    expect([isRefused, said]).toEqual([true, ['only', 'only']]);
    const records = (await bot.memory.list(talk.conversationSid, 100)).map(([{ sk }]) => sk);
    expect(records.filter((sk) => sk.startsWith('onMessageAdded|'))).toHaveLength(2);
  });
});

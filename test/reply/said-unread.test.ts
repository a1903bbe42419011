import { beforeEach, describe, expect, it } from 'vitest';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

const RULES = book(`version: 1
quiet_after_person: 4h
rules:
  - { id: agent, when: { keyword: agent }, then: [{ text: soon }, { handover: { for: 4h } }] }
  - { id: one, when: { keyword: one }, then: { text: only } }
`);
const MINUTE = 60_000;
const JSON_TYPE = { 'content-type': 'application/json' };

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply({ AGENTS: 'ana' });
  bot.deploy(RULES);
  conversationSid = await bot.startConversation();
  await hear('hello');
  await bot.service.customer.join({ conversationSid, identity: 'ana' });
});

/** @returns how many deliveries a message took, and how it ended. */
async function hear(body: string, author?: string, waitMs = 2_000) {
  bot.time.now += MINUTE;
  const sid = await bot.write(conversationSid, body, author);
  const envelope = bot.envelope();
  let times = 1;
  for (; times < 60 && !(await bot.deliver(envelope, times)); times += 1) bot.time.now += waitMs;
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return { times, outcome: finished?.reason ?? finished?.outcome };
}

/** Twilio refuses to show the conversation, or fails to, or does not answer. */
function hideConversation(status: number): void {
  bot.hooks.exchange = async ({ method, path }, pass) => {
    if (method !== 'GET' || !/\/Conversations\/CH\w+$/.test(path)) return pass();
    if (status === 0) throw new Error('connection reset');
    return { status, headers: JSON_TYPE, body: `{"code":20${status}}` };
  };
}

// Cause: what stands in the Attributes was read before anything was noted, and waited for.
describe('a conversation that cannot be read as the bot falls silent', () => {
  it.each([403, 404, 429, 500, 0])('stays with the person, and delays nobody: %i', async (status) => {
    hideConversation(status);
    for (const body of ['I help you', 'wait', 'so'])
      expect(await hear(body, 'ana')).toEqual({ times: 1, outcome: 'not_a_customer' });
    expect([await hear('one'), bot.postponed]).toEqual([{ times: 1, outcome: 'person' }, []]);
  });

  it.each([403, 404, 429, 500, 0])('is handed over without delay: %i', async (status) => {
    hideConversation(status);
    expect(await hear('agent')).toEqual({ times: 1, outcome: 'replied' });
    expect([await hear('one'), bot.postponed]).toEqual([{ times: 1, outcome: 'handed_over' }, []]);
  });

  it('stays with a person who wrote while Twilio answered nothing for more than an hour', async () => {
    const ends = bot.time.now + 65 * MINUTE;
    bot.hooks.exchange = async (_, pass) =>
      bot.time.now < ends ? { status: 503, headers: JSON_TYPE, body: '{"code":20503}' } : pass();
    expect(await hear('I help you', 'ana', 5 * MINUTE)).toEqual({ times: 1, outcome: 'not_a_customer' });
    bot.time.now = ends;
    expect(await hear('one')).toEqual({ times: 1, outcome: 'person' });
  });

  it('is read as they write once more', async () => {
    hideConversation(500);
    await hear('I help you', 'ana');
    const before = bot.requests.length;
    bot.hooks.exchange = (_, pass) => pass();
    for (const body of ['wait', 'so']) await hear(body, 'ana');
    expect(bot.requests.slice(before).filter(({ path }) => path.endsWith(conversationSid))).toHaveLength(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { book, type ReplyHarness, RULES, startReply } from './bot-harness.ts';

const DAY_MS = 86_400_000;

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply({ AGENTS: 'agent-*' });
  conversationSid = await bot.startConversation();
});

async function write(body: string) {
  const message = await bot.service.customer.write({ conversationSid, body });
  await bot.service.idle();
  return message;
}

async function talk(messages: number): Promise<void> {
  for (let n = 0; n < messages; n += 1) await bot.service.customer.write({ conversationSid, body: `${n}` });
  await bot.service.idle();
}

async function outcomeOf({ sid }: Record<string, unknown>): Promise<string | undefined> {
  const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
  return record?.finished?.outcome;
}

const lists = () => bot.requests.filter(({ method, path }) => method === 'GET' && path.includes('/Messages'));
const counted = (metric: string) => bot.log.lines.filter((line) => metric in line).length;

describe('a conversation that is older than the installation', () => {
  // Its first message was handed back for ever: more than a thousand older ones were "too busy".
  it('is answered however long it is, after looking at its end only', async () => {
    await talk(1_150);
    bot.time.now += DAY_MS;
    const message = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await outcomeOf(message)).toBe('replied');
    expect(lists()).toHaveLength(2);
    expect(counted('outcome_stale')).toBe(0);
  });

  // Everything back to the installation was looked up, one record after the other.
  it('that rested for longer than records are kept has no backlog', async () => {
    await write('silence');
    await write('one');
    await bot.deliver(bot.envelope());
    await talk(250);
    bot.time.now += 31 * DAY_MS;
    const message = await write('again');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await outcomeOf(message)).toBe('replied');
    expect(counted('outcome_stale')).toBe(0);
  });
});

describe('a message that an import dated back', () => {
  it('does not hide the newer ones in front of it', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    const lost = await write('one');
    bot.time.now += 61_000;
    const { memory } = bot;
    await memory.remove({ pk: conversationSid, sk: 'conversation' }, 1);
    bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (request.method !== 'GET') return response;
      const listed = JSON.parse(response.body);
      listed.messages.splice(0, 0, {
        ...listed.messages[0],
        sid: `IM${'e'.repeat(32)}`,
        index: 99,
        author: 'archive',
        participant_sid: null,
        date_created: '2020-01-01T00:00:00Z',
      });
      return { ...response, body: JSON.stringify(listed) };
    };
    const message = await write('again');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await outcomeOf(lost)).toBe('replied');
    expect(await outcomeOf(message)).toBe('replied');
  });
});

describe('more than a thousand messages that nobody told us of', () => {
  it('are cut at a thousand, which is counted, and the message behind them is answered', async () => {
    await write('one');
    await bot.deliver(bot.envelope());
    bot.time.now += 60_000;
    const lost = await write('again');
    await talk(1_001);
    bot.time.now += 60_001;
    const message = await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await outcomeOf(message)).toBe('replied');
    expect(await outcomeOf(lost)).toBeUndefined();
    expect(counted('history_cut')).toBe(1);
  });

  it('do not hide a reply that is among the newest', async () => {
    let posted = false;
    bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (request.method !== 'POST' || posted) return response;
      posted = true;
      return { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' };
    };
    const message = await write('one');
    const body = bot.envelope();
    await talk(1_100);
    expect(await bot.deliver(body)).toBe(true);
    expect(await outcomeOf(message)).toBe('replied');
  });
});

describe('a POST of which nobody knows what became, in a conversation of more than a thousand messages', () => {
  const failed = { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' };
  const failFirstPost = () => {
    let posts = 0;
    bot.hooks.exchange = (request, pass) => {
      if (request.method === 'POST') posts += 1;
      return request.method === 'POST' && posts === 1 ? Promise.resolve(failed) : pass();
    };
  };
  const deliverUntilDone = async (body: string) => {
    for (let count = 1; count <= 100; count += 1) {
      if (await bot.deliver(body, count)) return count;
      bot.time.now += 60_000;
    }
    return Number.POSITIVE_INFINITY;
  };

  // It was "too busy" a hundred times: a welcome was looked for in all of the conversation.
  it('is sent again once it is settled when it was a welcome', async () => {
    bot.deploy(
      book(`${RULES}  - { id: joined, when: { event: onParticipantAdded }, then: { text: welcome } }\n`),
    );
    await write('one');
    await bot.deliver(bot.envelope());
    await talk(1_010);
    await bot.service.customer.join({ conversationSid, identity: 'lee' });
    await bot.service.idle();
    failFirstPost();
    expect(await deliverUntilDone(bot.envelope())).toBe(2);
    expect(bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'))).toEqual([
      'only',
      'welcome',
      'welcome',
    ]);
  });

  it('is set aside once it is settled when a thousand messages came before it was looked for', async () => {
    const { sid } = await write('one');
    const body = bot.envelope();
    failFirstPost();
    bot.time.remainingMs = 10_500;
    expect(await bot.deliver(body)).toBe(false);
    bot.time.remainingMs = 30_000;
    await talk(1_010);
    expect(await deliverUntilDone(body)).toBeLessThanOrEqual(2);
    expect(bot.creates()).toHaveLength(1);
    const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(record?.finished).toMatchObject({ outcome: 'quarantined', reason: 'unknown_outcome' });
  });
});

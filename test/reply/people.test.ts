import { beforeEach, describe, expect, it } from 'vitest';
import { loadRules } from '../../build/load-rules.ts';
import { putTemplates } from '../../local/bot/put-templates.ts';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

/** Conversations in which people got no answer, or got one that they should not have got. */

const SHOP = await loadRules('bot/rules.yaml');
if (!SHOP.ok) throw new Error('npx parley rules check says what is wrong');
const shop = SHOP.book;

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}, channel: 'whatsapp' | 'sms' = 'whatsapp') {
  bot = await startReply(settings);
  bot.deploy(shop);
  await putTemplates(bot.service, 'bot', shop);
  const { conversation } = await bot.service.customer.startConversation({ channel });
  conversationSid = String(conversation['sid']);
}

beforeEach(() => begin());

/** Writes, lets the bot decide, and says how that ended: what it said, or why it said nothing. */
async function write(body: string, author?: string): Promise<string> {
  const { sid } = await bot.service.customer.write({ conversationSid, body, ...(author ? { author } : {}) });
  await bot.service.idle();
  for (let times = 1; !(await bot.deliver(bot.envelope(), times)); times += 1) bot.time.now += 1_000;
  const ended = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${String(sid)}` });
  return ended?.finished?.reason ?? ended?.finished?.outcome ?? 'unknown';
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const JSON_TYPE = { 'content-type': 'application/json' };

describe('an agent by role', () => {
  beforeEach(async () => {
    await begin({ AGENTS: `RL${'9'.repeat(32)}` });
    expect(await write('hours')).toBe('replied');
    await bot.service.customer.join({ conversationSid, identity: 'ana' });
    bot.time.now += MINUTE;
  });

  /** From now on Twilio answers so whenever it is asked for one participant. */
  function showNobody(status: number): void {
    bot.hooks.exchange = (request, pass) =>
      request.path.includes('/Participants/')
        ? Promise.resolve({ status, headers: JSON_TYPE, body: `{"code":20${status}}` })
        : pass();
  }

  /** The latest webhook’s message as a list shows it: without its Source. */
  function listed(): string {
    const { params } = JSON.parse(bot.envelope());
    const { Source: _, ...shown } = params;
    return JSON.stringify({ ...JSON.parse(bot.envelope()), params: shown, found: true });
  }

  // Cause: an agent who could not be read was noted as a customer, and the next message was answered over them; later
  // the same of one who was listed, or whom Twilio did not know.
  it.each([
    ['fails', 'webhook', 500, 'server_failure'],
    ['fails', 'list', 500, 'server_failure'],
    ['shows nobody', 'webhook', 404, 'not_a_customer'],
    ['shows nobody', 'list', 404, 'not_a_customer'],
  ])('is not talked over where Twilio %s, and a %s told of their message', async (_, by, status, ending) => {
    showNobody(status);
    const posts = bot.creates().length;
    const sid = await bot.write(conversationSid, 'hours, as I said', 'ana');
    const envelope = by === 'list' ? listed() : bot.envelope();
    for (let times = 1; !(await bot.deliver(envelope, times)); times += 1) bot.time.now += 2 * SECOND;
    const ended = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(ended?.finished?.reason).toBe(ending);
    bot.hooks.exchange = (_request, pass) => pass();
    bot.time.now += MINUTE;
    expect(await write('hours')).toBe('person');
    expect(bot.creates()).toHaveLength(posts);
  });

  // Cause: the queue counts what goes back untouched behind another message, and the first 404 was believed.
  it('is waited for with four tries of their own, whatever the queue has counted before', async () => {
    showNobody(404);
    await bot.write(conversationSid, 'I look after it', 'ana');
    for (const count of [6, 7, 8, 9]) expect(await bot.deliver(bot.envelope(), count)).toBe(false);
    expect(await bot.deliver(bot.envelope(), 10)).toBe(true);
  });

  // Cause: what had ended more than an hour ago passed for noted, so nobody knew that they had written.
  it('who could not be shown for more than an hour has written all the same', async () => {
    bot.hooks.exchange = async () => ({ status: 503, headers: JSON_TYPE, body: '{"code":20503}' });
    await bot.service.customer.write({ conversationSid, body: 'I help you', author: 'ana' });
    await bot.service.idle();
    // Their program wrote it, which ends without anybody being asked who they are.
    const body = bot.envelope().replace(/"Source":"\w+"/, '"Source":"API"');
    const written = bot.time.now;
    for (let times = 1; !(await bot.deliver(body, times)); times += 1) bot.time.now += 10 * MINUTE;
    expect(bot.time.now - written).toBeGreaterThan(60 * MINUTE);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += MINUTE;
    expect(await write('hours')).toBe('person');
  });

  // By then the queue brings it every few minutes: their conversation would stand still for half an hour.
  it('is not waited for a minute later, where the queue has brought their message often', async () => {
    showNobody(404);
    await bot.write(conversationSid, 'I look after it', 'ana');
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(bot.envelope(), 4)).toBe(false);
    expect(await bot.deliver(bot.envelope(), 5)).toBe(true);
  });

  it('who has answered what waited, and left, is not talked over', async () => {
    const posts = bot.creates().length;
    const sid = await bot.write(conversationSid, 'hours, please');
    const waiting = bot.envelope();
    bot.time.now += MINUTE;
    await bot.write(conversationSid, 'Nine to five.', 'ana');
    await bot.service.customer.leave({ conversationSid, author: 'ana' });
    bot.time.now += MINUTE;
    for (let times = 1; !(await bot.deliver(waiting, times)); times += 1) bot.time.now += 2 * SECOND;
    const ended = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(ended?.finished?.reason).toBe('person');
    expect(bot.creates()).toHaveLength(posts);
  });
});

// Cause: the fourth yes passed for a machine's.
it('who says yes to five questions in a row is asked all of them, and a machine that says the same to one is not', async () => {
  const ask = (id: string, after: string) =>
    `  - { id: ${id}, when: { after: ${after}, answer: yes }, then: { text: And ${id}?, wait: 1h } }\n`;
  bot.deploy(
    book(`version: 1
rules:
  - { id: q0, when: { keyword: begin }, then: { text: Begin?, wait: 1h }, otherwise: { text: Yes or no? } }
${['q1', 'q2', 'q3', 'q4', 'q5'].map((id, at) => ask(id, `q${at}`)).join('')}  - { id: end, when: { after: q5, answer: yes }, then: { text: Thanks. } }
`),
  );
  expect(await write('begin')).toBe('replied');
  for (let times = 0; times < 6; times += 1) {
    bot.time.now += MINUTE;
    expect([times, await write('yes')]).toEqual([times, 'replied']);
  }
  bot.time.now += DAY;
  expect(await write('begin')).toBe('replied');
  const ends: string[] = [];
  for (let times = 0; times < 5; times += 1) {
    bot.time.now += MINUTE;
    ends.push(await write('OK, noted.'));
  }
  expect(ends).toEqual(['replied', 'replied', 'replied', 'repeated_text', 'repeated_text']);
});

describe('a customer', () => {
  // From the fourth day on: suppressed repeated_text, for ever.
  it('who asks the same each day is answered each day', async () => {
    for (let day = 0; day < 6; day += 1) {
      expect(await write('hours')).toBe('replied');
      bot.time.now += DAY;
    }
  });

  // The seventh was dropped, and after it everything for an hour.
  it('who taps through a menu fast is answered each time', async () => {
    for (const body of [
      'hi',
      'Opening hours',
      'hi',
      'Track an order',
      'hi',
      'Browse plants',
      'Monstera',
      'thanks',
    ]) {
      bot.time.now += 900;
      expect([body, await write(body)]).toEqual([body, 'replied']);
    }
  });

  it.each(['info', 'Info?', '¿Info?', '/start', '!help', '#info', 'HELP', 'h e l p', 'Unstop'])(
    'who writes %j on WhatsApp, where nobody else answers it, is answered',
    async (body) => {
      expect(await write(body)).toBe('replied');
    },
  );

  it.each(['STOP', 'Unstop', 'HELP', 'info'])(
    'who writes %j by SMS is answered by the carrier',
    async (body) => {
      await begin({}, 'sms');
      expect(await write(body)).toBe('opt_out_word');
    },
  );

  it('who asks for no more messages on WhatsApp gets no answer by otherwise', async () => {
    expect(await write('stop')).toBe('stop_word');
  });

  // Nobody answered the button.
  it('who taps a button Cancel on WhatsApp reaches the rule that takes it', async () => {
    bot.deploy(
      book(`version: 1
rules:
  - { id: cancel-words, when: { includes: cancel }, then: { text: Your appointment is cancelled. } }
otherwise: { text: Sorry? }
`),
    );
    expect(await write('Cancel')).toBe('replied');
  });

  // Answered by the rule about refunds: two messages about sending goods back.
  it('who taps a heart on their phone gets no answer by SMS', async () => {
    await begin({}, 'sms');
    expect(await write('Liked “Sorry, I did not understand that. Try: hi, order 12345, refund.”')).toBe(
      'reaction',
    );
  });
});

describe('a customer whose address looks like a name', () => {
  // A role is kept for a day, and with it was forgotten that its bearer had come by a channel: the second message that
  // was read back silenced the bot for eight hours.
  it.each(['*', ''])('stays a customer, each time a message is read back, with AGENTS=%s', async (AGENTS) => {
    await begin({ AGENTS }, 'sms');
    bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (request.method !== 'GET' || !request.path.includes('/Messages')) return response;
      return { ...response, body: response.body.replaceAll(/"author":"\+[0-9]+"/g, '"author":"55512"') };
    };
    expect(await write('hi')).toBe('replied');
    for (const body of ['plants', 'refund']) {
      bot.time.now += MINUTE;
      const { sid } = await bot.service.customer.write({ conversationSid, body });
      await bot.service.idle();
      expect(await write('hours')).toBe('replied');
      const found = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${String(sid)}` });
      expect(found?.finished).toMatchObject({ outcome: 'replied' });
    }
  });
});

describe('a machine', () => {
  // 4,215 replies in three days.
  it('that answers each reply after 61 seconds gets no more than 200 replies in a day', async () => {
    const written: { at: number; outcome: string }[] = [];
    for (let turn = 0; turn < 1_500; turn += 1) {
      bot.time.now += 61 * SECOND;
      written.push({ at: bot.time.now, outcome: await write(`Ticket ${turn} was received.`) });
    }
    const replied = written.filter(({ outcome }) => outcome === 'replied').map(({ at }) => at);
    const inOneDay = replied.map((from) => replied.filter((at) => at >= from && at < from + DAY).length);
    expect(Math.max(...inOneDay)).toBeLessThanOrEqual(200);
    expect(Math.max(...inOneDay)).toBeGreaterThan(150);
  }, 120_000);
});

describe('a person who takes over', () => {
  const join = (identity: string) => bot.service.customer.join({ conversationSid, identity });

  it('silences the bot, though AGENTS is empty, until eight hours after their last message', async () => {
    expect(await write('hi')).toBe('replied');
    await join('agent-anna');
    await bot.service.idle();
    bot.time.now += MINUTE;
    expect(await write('Hello, this is Anna, a human. How can I help?', 'agent-anna')).toBe('not_a_customer');
    bot.time.now += MINUTE;
    expect(await write('my parcel is broken')).toBe('person');
    bot.time.now += 8 * 60 * MINUTE - MINUTE - 1;
    expect(await write('and the second one too')).toBe('person');
    bot.time.now += MINUTE;
    expect(await write('hello?')).toBe('replied');
  });

  it('does so when AGENTS names them, for as long as the rules say', async () => {
    await begin({ AGENTS: 'agent-*' });
    bot.deploy(book('version: 1\nquiet_after_person: 10m\nrules: []\notherwise: { text: Sorry? }\n'));
    await join('agent-anna');
    expect(await write('Hello', 'agent-anna')).toBe('not_a_customer');
    expect(await write('hi')).toBe('person');
    bot.time.now += 10 * MINUTE;
    expect(await write('hi')).toBe('replied');
  });

  it('is known although their message was never delivered, by the gap that it leaves', async () => {
    await write('hi');
    await join('agent-anna');
    await bot.service.customer.write({ conversationSid, body: 'Hello', author: 'agent-anna' });
    await bot.service.idle();
    bot.time.now += MINUTE;
    expect(await write('my parcel is broken')).toBe('person');
  });

  it('is not a program, which silences nothing', async () => {
    await begin({ PROGRAMS: 'reminder' });
    await join('reminder');
    expect(await write('Your appointment is tomorrow.', 'reminder')).toBe('not_a_customer');
    expect(await write('hi')).toBe('replied');
  });
});

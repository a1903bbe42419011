import { beforeEach, describe, expect, it } from 'vitest';
import { handover, text } from '../../lib/handlers/build-actions.ts';
import type { Handlers } from '../../lib/handlers/define-handlers.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { book, type ReplyHarness, startReply } from './bot-harness.ts';

const RULES = book(`version: 1
rules:
  - id: order
    when: { pattern: '^order (?<number>\\d{1,9})$' }
    then: { call: look, with: { number: '{{ match.number }}' }, remembers: [day], else: { text: Not now. } }
  - id: ask
    when: { keyword: ask }
    then: { call: look, with: { number: '1' }, wait: 1d, else: { text: Not now. } }
  - { id: answered, when: { after: ask, answer: text }, then: { text: 'You say {{ answer }}.' } }
  - { id: plain, when: { keyword: plain }, then: { text: Plain. } }
  - { id: greeted, when: { keyword: both }, then: { text: Good to hear from you., continue: true } }
  - id: both
    when: { keyword: both }
    then: { call: look, with: { number: '1' }, else: { text: Not now. } }
  - id: more
    when: { keyword: more }
    then: [{ call: look, with: { number: '1' }, else: { text: Not now. } }, { text: And more. }]
  - id: several
    when: { keyword: several }
    then:
      - { call: look, with: { number: '1' }, else: { text: Not now. } }
      - { call: price, else: { text: No price. } }
  - id: twice
    when: { keyword: twice }
    then:
      - remember: { x: one }
      - { call: look, with: { number: '{{ remembered.x }}' }, else: { text: Not now. } }
      - { call: look, with: { number: '{{ remembered.x }}' }, else: { text: Not then. } }
`);

/** As `remember` makes it, whose types are the shop's. */
const keep = (values: Readonly<Record<string, string>>) => ({ kind: 'remember', values }) as const;

let bot: ReplyHarness;
let conversationSid: string;

async function start(handler: Handlers[string], settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  conversationSid = await bot.startConversation();
  bot.deploy(RULES, { look: handler });
}

/** How the message that is written ended, after one delivery or several. */
async function answered(words: string, deliveries = 1): Promise<MessageRecord | undefined> {
  const sid = await bot.write(conversationSid, words);
  const body = bot.envelope();
  for (let count = 1; count <= deliveries; count += 1) await bot.deliver(body, count);
  return bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
}

const bodies = () => bot.creates().map(({ body = '' }) => new URLSearchParams(body).get('Body'));
const failures = () => bot.log.lines.filter((line) => 'call_failed' in line).map(({ reason }) => reason);
const calls = () => bot.log.lines.filter(({ message }) => message === 'a handler was called');

describe('a call', () => {
  it('is answered with what its handler returns', async () => {
    await start(({ number }) => text(`Order ${number} is packed.`));
    const record = await answered('order 12');
    expect(bodies()).toEqual(['Order 12 is packed.']);
    expect(record).toMatchObject({
      rule: 'order',
      called: [{ handler: 'look', ended: 'returned', ms: 0 }],
      finished: { outcome: 'replied' },
    });
    expect(calls()).toMatchObject([{ handler: 'look', outcome: 'returned', rule: 'order', conversationSid }]);
    expect(failures()).toEqual([]);
  });

  it('is told to whoever watches, and that there was none where a rule makes none', async () => {
    await start(({ number }) => text(`Order ${number} is packed.`));
    await answered('order 12');
    await answered('plain');
    expect(bot.called).toMatchObject([[{ handler: 'look', ended: 'returned' }], []]);
  });

  it('is answered among what other rules add', async () => {
    await start(() => text('It is packed.'));
    await answered('both');
    expect(bodies()).toEqual(['Good to hear from you.', 'It is packed.']);
  });

  it.each<[kind: string, handler: Handlers[string]]>([
    ['late', () => new Promise(() => undefined)],
    ['thrown', () => Promise.reject(new Error('no'))],
    [
      'thrown',
      () => {
        throw null;
      },
    ],
    ['malformed', () => 'Order 12 is packed.'],
    ['malformed', () => text('')],
    ['malformed', () => text('x'.repeat(1_601))],
    [
      'malformed',
      () => [text('x '.repeat(3_000), { split: true }), text('x '.repeat(1_000), { split: true })],
    ],
    ['malformed', () => Array.from({ length: 6 }, () => text('x'))],
    ['malformed', () => keep({ other: 'x' })],
  ])('whose handler is %s ends in its else, once', async (kind, handler) => {
    await start(handler);
    const record = await answered('order 12', 2);
    expect(bodies()).toEqual(['Not now.']);
    expect(record?.called).toMatchObject([{ handler: 'look', ended: kind }]);
    expect(failures()).toEqual([kind]);
  });

  it('of a handler that is not there ends in its else', async () => {
    await start(() => text('x'));
    bot.deploy(RULES, {});
    await answered('order 12');
    expect(bodies()).toEqual(['Not now.']);
    expect(failures()).toEqual(['missing']);
  });

  it('is given what was remembered before it, and the next one what the handler left alone', async () => {
    const given: string[] = [];
    await start(({ number = '' }) => {
      given.push(number);
      return given.length === 1 ? text('First.') : undefined;
    });
    await answered('twice');
    expect(given).toEqual(['one', 'one']);
    expect(bodies()).toEqual(['First.']);
  });

  it('may remember and hand over', async () => {
    await start(() => [keep({ day: 'Monday' }), text('Dana will write.'), handover({ hours: 1 })]);
    await answered('order 12');
    const { memory, handover: handed } = (await bot.record({
      pk: conversationSid,
      sk: 'conversation',
    })) as never as {
      memory: unknown;
      handover: unknown;
    };
    expect(memory).toMatchObject({ values: { day: 'Monday' } });
    expect(handed).toMatchObject({ until: Date.UTC(2026, 0, 1, 1) });
    await answered('order 13');
    expect(bodies()).toEqual(['Dana will write.']);
  });

  it('asks a question only where its handler says something', async () => {
    let says: string | undefined = 'Which day?';
    await start(() => (says === undefined ? Promise.reject(new Error('no')) : text(says)));
    await answered('ask');
    await answered('Monday');
    says = undefined;
    await answered('ask');
    await answered('Tuesday');
    expect(bodies()).toEqual(['Which day?', 'You say Monday.', 'Not now.']);
  });

  it('asks no question where its handler hands over', async () => {
    await start(() => [text('Dana will write.'), handover({ hours: 1, back: ['bot'] })]);
    await answered('ask');
    await answered('bot');
    await answered('Monday');
    expect(bodies()).toEqual(['Dana will write.']);
  });

  it('does not hand over where its rule does more behind it', async () => {
    await start(() => [text('Dana.'), handover()]);
    await answered('more');
    expect(bodies()).toEqual(['Not now.', 'And more.']);
    expect(failures()).toEqual(['malformed']);
  });

  it('takes no longer than is set, with all calls of a message together', async () => {
    let count = 0;
    await start(
      async (_, { remainingMs }) => {
        count += 1;
        bot.time.now += 2_000;
        return text(String(remainingMs()));
      },
      { HANDLER_SECONDS: '3' },
    );
    await answered('twice');
    expect(count).toBe(2);
    expect(bodies()).toEqual(['1000', '0']);
  });
});

describe('a handler is not called', () => {
  let called: number;
  beforeEach(async () => {
    called = 0;
    await start(() => {
      called += 1;
      return text(`Answer ${called}.`);
    });
  });

  it('again once its answer is frozen, whatever fails then', async () => {
    bot.hooks.exchange = async (request, pass) =>
      request.method === 'POST'
        ? { status: 503, headers: { 'content-type': 'application/json' }, body: '{}' }
        : pass();
    const sid = await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    expect(await bot.deliver(body, 1)).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += 60_000;
    bot.deploy(RULES, { look: () => text('Another deployment.') });
    expect(await bot.deliver(body, 2)).toBe(true);
    expect(new Set(bodies())).toEqual(new Set(['Answer 1.']));
    const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(record?.finished?.outcome).toBe('replied');
    expect(called).toBe(1);
  });

  it('again although nothing of it could be sent, not even begun', async () => {
    bot.deploy(RULES, {
      look: () => {
        called += 1;
        bot.time.remainingMs = 1_000;
        return text(`Answer ${called}.`);
      },
    });
    await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    expect(await bot.deliver(body, 1)).toBe(false);
    expect([called, bodies()]).toEqual([1, []]);
    bot.time.remainingMs = 30_000;
    expect(await bot.deliver(body, 2)).toBe(true);
    expect(called).toBe(1);
    expect(bodies()).toEqual(['Answer 1.']);
  });

  it('where nothing would be sent: after the age limit, and where the bot only decides', async () => {
    await bot.write(conversationSid, 'order 12');
    bot.time.now += 2 * 3_600_000;
    await bot.deliver(bot.envelope());
    bot = await startReply({ BOT_MODE: 'dry-run' });
    bot.deploy(RULES, {
      look: () => {
        called += 1;
      },
    });
    conversationSid = await bot.startConversation();
    expect((await answered('order 12'))?.finished).toMatchObject({ reason: 'dry_run' });
    expect(called).toBe(0);
  });

  // It was fresh when its handler was called, and a minute old when its answer was posted, behind a person's.
  it('where it will be over a minute old by the end of the call, and a person has written since', async () => {
    const sid = await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    await bot.service.customer.join({ conversationSid, identity: 'agent-anna' });
    await bot.service.customer.write({ conversationSid, author: 'agent-anna', body: 'I am on it.' });
    bot.time.now += 57_000;
    await bot.deliver(body);
    const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(record?.finished).toMatchObject({ outcome: 'suppressed', reason: 'person' });
    expect(called).toBe(0);
  });

  it('without the time to send what it returns', async () => {
    bot.time.remainingMs = 14_999;
    await bot.write(conversationSid, 'order 12');
    expect(await bot.deliver(bot.envelope())).toBe(false);
    expect(called).toBe(0);
    expect(bot.log.lines).toContainEqual(expect.objectContaining({ reason: 'no_time_left' }));
    bot.time.remainingMs = 15_000;
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(called).toBe(1);
  });
});

describe('a handler that ends the process', () => {
  /** One delivery of which nothing more is heard, since a handler ends it. */
  async function dies(body: string, count: number, by = 'look'): Promise<void> {
    let isCalled = false;
    const dead = new Promise<'dead'>((resolve) => {
      bot.deploy(RULES, {
        look: () => text('Three left.'),
        [by]: () => {
          isCalled = true;
          resolve('dead');
          // The process that never comes back takes its clock with it.
          bot.time.now = Number.NaN;
          return new Promise(() => undefined);
        },
      });
    });
    const { now } = bot.time;
    expect(await Promise.race([bot.deliver(body, count), dead])).toBe('dead');
    bot.time.now = now;
    expect(isCalled).toBe(true);
  }

  it('is called twice, and its else is said by the third delivery', async () => {
    await start(() => undefined);
    const sid = await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    await dies(body, 1);
    await dies(body, 2);
    const { value } =
      (await bot.memory.get({ pk: conversationSid, sk: `tries|onMessageAdded|${sid}` })) ?? {};
    expect(value).toMatchObject({ working: true, calling: 'look' });
    let again = false;
    bot.deploy(RULES, {
      look: () => {
        again = true;
      },
    });
    expect(await bot.deliver(body, 3)).toBe(true);
    expect(again).toBe(false);
    expect(bodies()).toEqual(['Not now.']);
    expect(failures()).toEqual(['died']);
  });

  // Cause: one mark stood for all handlers of an answer, and none of them was called again.
  it('is not called again, and the others of its answer are', async () => {
    await start(() => undefined);
    await bot.write(conversationSid, 'several');
    const body = bot.envelope();
    for (const count of [1, 2]) await dies(body, count, 'price');
    bot.deploy(RULES, { look: () => text('Three left.'), price: () => text('Two euros.') });
    expect(await bot.deliver(body, 3)).toBe(true);
    expect(bodies()).toEqual(['Three left.', 'No price.']);
    expect(failures()).toEqual(['died']);
  });

  it('is not called again where two of an answer do so, one after the other', async () => {
    await start(() => undefined);
    await bot.write(conversationSid, 'several');
    const body = bot.envelope();
    await dies(body, 1, 'look');
    await dies(body, 2, 'look');
    await dies(body, 3, 'price');
    bot.deploy(RULES, { look: () => text('Three left.'), price: () => text('Two euros.') });
    expect(await bot.deliver(body, 4)).toBe(true);
    expect(bodies()).toEqual(['Not now.', 'No price.']);
  });

  it('is called when a table that fails at its mark is there again, be it the last try', async () => {
    await start(() => undefined);
    const sid = await bot.write(conversationSid, 'several');
    const tries = { pk: conversationSid, sk: `tries|onMessageAdded|${sid}` };
    const value = { v: 1, failures: 4, deaths: 0 };
    await bot.memory.put(tries, { version: 1, expiresAt: bot.time.now + 1e9, value }, undefined);
    bot.deploy(RULES, { look: () => text('Three left.'), price: () => text('Two euros.') });
    bot.hooks.store.put = (key, item, expected) =>
      JSON.stringify(item).includes('"calling":"price"')
        ? Promise.reject(new Error('no table'))
        : bot.memory.put(key, item, expected);
    expect(await bot.deliver(bot.envelope(), 5)).toBe(false);
    bot.hooks.store = {};
    expect(await bot.deliver(bot.envelope(), 6)).toBe(true);
    expect(bodies()).toEqual(['Three left.', 'Two euros.']);
  });

  it('and then its else does so too, is set aside by the fifth delivery: the mark of its call is one of three', async () => {
    await start(() => undefined);
    const sid = await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    for (const count of [1, 2]) await dies(body, count);
    for (const count of [3, 4]) {
      const dead = new Promise<'dead'>((resolve) => {
        bot.hooks.exchange = (request, pass) => {
          if (request.method !== 'POST') return pass();
          resolve('dead');
          return new Promise(() => undefined);
        };
      });
      expect(await Promise.race([bot.deliver(body, count), dead])).toBe('dead');
      bot.time.now += 180_000;
    }
    bot.hooks.exchange = (_, pass) => pass();
    expect(await bot.deliver(body, 5)).toBe(true);
    const record = await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
    expect(record?.finished).toMatchObject({ outcome: 'quarantined', reason: 'process_died' });
  });

  it('is known by then, whatever fails in between', async () => {
    await start(() => undefined);
    await bot.write(conversationSid, 'order 12');
    const body = bot.envelope();
    await dies(body, 1);
    await dies(body, 2);
    bot.deploy(RULES, { look: () => text('It lives.') });
    bot.time.remainingMs = 1_000;
    await bot.deliver(body, 3);
    bot.time.remainingMs = 30_000;
    expect(await bot.deliver(body, 4)).toBe(true);
    expect(bodies()).toEqual(['Not now.']);
  });

  // Deliveries of later messages came to it, each for the first time, and each called it without a mark.
  it('is marked from the first delivery where no webhook of its own brought the message', async () => {
    await start(() => undefined);
    const sid = await bot.write(conversationSid, 'order 12');
    const body = JSON.stringify({ ...JSON.parse(bot.envelope()), found: true });
    await dies(body, 1);
    const { value } =
      (await bot.memory.get({ pk: conversationSid, sk: `tries|onMessageAdded|${sid}` })) ?? {};
    expect(value).toMatchObject({ working: true, calling: 'look' });
  });

  it('costs a message that comes at first no write for a mark', async () => {
    await start(() => text('x'));
    const sid = await bot.write(conversationSid, 'order 12');
    await bot.deliver(bot.envelope());
    expect(await bot.memory.get({ pk: conversationSid, sk: `tries|onMessageAdded|${sid}` })).toBeUndefined();
  });
});

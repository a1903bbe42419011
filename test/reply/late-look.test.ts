import { beforeEach, describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import { TABLE_KEY } from '../../lib/record/keys.ts';
import { type MessageRecord, planRecord } from '../../lib/record/message-record.ts';
import { saveMode } from '../../lib/record/mode.ts';
import type { Marks } from '../../lib/record/since.ts';
import type { Claim } from '../../lib/reply/claim.ts';
import { isFresh, lookLate } from '../../lib/reply/late-look.ts';
import type { MessageResource } from '../../lib/twilio/messages.ts';
import { ownedTable } from '../../local/lambda/owned-table.ts';
import { messageAdded, participantAdded } from '../rules/support.ts';
import { book, type ReplyHarness, RULES, startReply } from './bot-harness.ts';
import { thrownBy } from './sender-harness.ts';

/** What is not fresh: before its first POST one list shows whether it was answered, or taken over, by somebody else. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const WELCOME = `${RULES}  - { id: joined, when: { event: onParticipantAdded }, then: { text: welcome } }\n`;

let bot: ReplyHarness;
let conversationSid: string;

async function begin(settings: Record<string, string> = {}): Promise<void> {
  bot = await startReply(settings);
  bot.deploy(book(WELCOME));
  conversationSid = await bot.startConversation();
}

beforeEach(() => begin());

const write = (body: string, author?: string) => bot.write(conversationSid, body, author);

async function join(identity: string): Promise<string> {
  await bot.service.customer.join({ conversationSid, identity });
  await bot.service.idle();
  return bot.envelope();
}

/** Somebody with the account's key, or the participant of that name, writes with any marker. */
async function post(Author: string, marker: object, Body = 'posted'): Promise<void> {
  const authorization = `Basic ${Buffer.from(`SK${'3'.repeat(32)}:secret`).toString('base64')}`;
  const Attributes = JSON.stringify({ parley: { v: 1, ...marker } });
  await bot.service.handle({
    method: 'POST',
    url: `https://conversations.twilio.com/v1/Services/IS${'2'.repeat(32)}/Conversations/${conversationSid}/Messages`,
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams({ Author, Body, Attributes }).toString()),
  });
}

/** As if the table were another one, or had been lost. */
async function loseTable(): Promise<void> {
  for (const [key, { version }] of bot.memory.items()) await bot.memory.remove(key, version);
}

const record = (sid: string): Promise<MessageRecord | undefined> =>
  bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` });
const endOf = async (sid: string) => {
  const finished = (await record(sid))?.finished;
  return finished?.reason ?? finished?.outcome;
};
/** What was asked of Twilio about messages; a free name in a webhook is read of the participant beside it. */
const asked = (from = 0) =>
  bot.requests
    .slice(from)
    .filter(({ path }) => path.includes('/Messages'))
    .map(({ method }) => method);
const counted = (metric: string) => bot.log.lines.filter((line) => metric in line).length;
const found = (envelope: string) => JSON.stringify({ ...JSON.parse(envelope), found: true });
const answer = (status: number, body: object) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const said = () => bot.creates().map(({ body }) => new URLSearchParams(body).get('Body'));

describe('a fresh message', () => {
  it('costs one request, as it always did, for each part of its answer', async () => {
    for (const [body, posts] of [
      ['one', 1],
      ['two', 2],
    ] as const) {
      const before = bot.requests.length;
      bot.time.now += 10 * SECOND;
      await write(body);
      bot.time.now += MINUTE;
      expect(await bot.deliver(bot.envelope())).toBe(true);
      expect(asked(before)).toEqual(Array.from({ length: posts }, () => 'POST'));
    }
  });

  it('costs nothing where the rules answer nothing', async () => {
    for (const body of ['silence', 'something else', 'STOP']) {
      await write(body);
      bot.time.now += 2 * MINUTE;
      expect(await bot.deliver(found(bot.envelope()), 2)).toBe(true);
    }
    expect(bot.requests).toEqual([]);
  });
});

describe('a message that a delivery has planned and could not send', () => {
  // Cause: within its first minute the plan was sent without a look.
  it.each([
    ['a person who has written meanwhile', 'anna', 'person', ['GET']],
    ['nobody', undefined, 'replied', ['GET', 'POST', 'GET']],
  ])('is sent after one list, where that shows %s', async (_, somebody, ending, requests) => {
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    await join('anna');
    bot.time.now += MINUTE;
    const sid = await write('again');
    const envelope = bot.envelope();
    bot.hooks.exchange = (request, pass) =>
      request.method === 'POST' ? Promise.resolve(answer(429, { code: 20429 })) : pass();
    expect(await bot.deliver(envelope)).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    bot.time.now += 10 * SECOND;
    if (somebody !== undefined) await write('I help you', somebody);
    const before = bot.requests.length;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    // The last one looks whether the first POST has taken effect after all.
    expect(asked(before)).toEqual(requests);
    expect(await endOf(sid)).toBe(ending);
  });

  // Cause: the mode was read before that look, was outdated after it, and nothing was ever sent.
  it('is sent however long that look takes', async () => {
    await write('one');
    const envelope = bot.envelope();
    bot.hooks.exchange = async () => answer(429, { code: 20429 });
    expect(await bot.deliver(envelope)).toBe(false);
    bot.hooks.exchange = (request, pass) => {
      if (request.method === 'GET') bot.time.now += 11 * SECOND;
      return pass();
    };
    bot.time.now += 10 * SECOND;
    const before = bot.requests.length;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(asked(before)).toEqual(['GET', 'POST', 'GET']);
  });

  it('is kept back by whoever presses off while that look goes on', async () => {
    const sid = await write('one');
    const envelope = bot.envelope();
    bot.hooks.exchange = async () => answer(429, { code: 20429 });
    expect(await bot.deliver(envelope)).toBe(false);
    bot.hooks.exchange = async (request, pass) => {
      if (request.method === 'GET') {
        const clock = { now: () => bot.time.now };
        await saveMode({ store: bot.memory, clock }, { mode: 'off', reason: 'a test', by: 'ana' });
        bot.time.now += 11 * SECOND;
      }
      return pass();
    };
    bot.time.now += 10 * SECOND;
    const before = bot.requests.length;
    expect(await bot.deliver(envelope, 2)).toBe(true);
    expect(await endOf(sid)).toBe('off');
    expect(asked(before)).toEqual(['GET']);
  });
});

/** Each makes a message one that somebody else may have answered. */
const NOT_FRESH: readonly (readonly [string, () => Promise<boolean>])[] = [
  ['was delivered before', () => bot.deliver(bot.envelope(), 2)],
  [
    'is more than a minute old',
    () => {
      bot.time.now += MINUTE + 1;
      return bot.deliver(bot.envelope());
    },
  ],
  ['was found by the reconciler', () => bot.deliver(found(bot.envelope()))],
  // Cause: its copy on the queue comes for the first time, and passed for fresh.
  [
    'has gone behind others on the queue',
    () => bot.deliver(bot.envelope(), 1, 'copy', bot.time.now, 'behind|message'),
  ],
];

describe.each(NOT_FRESH)('a message that %s', (_, deliver) => {
  it('is answered after one list', async () => {
    await write('two');
    expect(await deliver()).toBe(true);
    expect(asked()).toEqual(['GET', 'POST', 'POST']);
  });

  // Two stacks on one service: every customer was answered twice, and nothing said so.
  it.each([
    ['our author', 'parley'],
    ['an author of its own, and no participant', 'their-bot'],
  ])('is not answered when a reply with its marker is there, by %s', async (__, author) => {
    const sid = await write('one');
    await post(author, { in_reply_to: sid, part: '1/1' });
    expect(await deliver()).toBe(true);
    expect(bot.creates()).toEqual([]);
    expect((await record(sid))?.finished).toMatchObject({
      outcome: 'suppressed',
      reason: 'answered_elsewhere',
    });
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ outcome_suppressed: 1, reason: 'answered_elsewhere' }),
    );
  });

  it('is answered although a participant has put that marker on a message', async () => {
    await join('ana');
    const sid = await write('one');
    const attributes = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '1/1' }));
    const mine = bot.envelope();
    await bot.service.customer.write({ conversationSid, body: 'x', author: 'ana', attributes });
    bot.envelope = () => mine;
    expect(await deliver()).toBe(true);
    expect(said()).toEqual(['only']);
  });

  it('is answered when the replies that are there answer something else', async () => {
    const sid = await write('one');
    await post('parley', { in_reply_to: `IM${'f'.repeat(32)}`, part: '1/1' });
    expect(await deliver()).toBe(true);
    expect(await endOf(sid)).toBe('replied');
  });

  it('is not begun again when half an answer is there, and waits before it says so', async () => {
    const sid = await write('two');
    await post('their-bot', { in_reply_to: sid, part: '1/2' });
    bot.time.now += 5 * SECOND;
    const late = bot.time.now;
    const ended = await deliver();
    if (bot.time.now - late < 45 * SECOND) {
      expect(ended).toBe(false);
      expect(bot.postponed).toEqual([40]);
      bot.time.now += 40 * SECOND;
      expect(await bot.deliver(bot.envelope(), 3)).toBe(true);
    }
    expect(bot.creates()).toEqual([]);
    expect((await record(sid))?.finished).toMatchObject({ outcome: 'quarantined', reason: 'half_answered' });
  });

  it('is not answered when a person has written since', async () => {
    await join('agent-anna');
    const sid = await write('one');
    const mine = bot.envelope();
    await write('I am on it.', 'agent-anna');
    bot.envelope = () => mine;
    expect(await deliver()).toBe(true);
    expect(await endOf(sid)).toBe('person');
    expect(bot.creates()).toEqual([]);
  });

  it('is not answered when a person has written in the second in which it gave the conversation back', async () => {
    bot.deploy(
      book(`${WELCOME}  - { id: person, when: { keyword: person }, then: { handover: { for: 2h, back: [bot] } } }
  - { id: bot, when: { keyword: bot }, then: { text: here again } }
`),
    );
    await join('agent-anna');
    await write('person');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    bot.time.now += MINUTE;
    // Lists date in whole seconds, rounded down.
    bot.time.now += 306 - (bot.time.now % SECOND);
    const sid = await write('bot');
    const mine = bot.envelope();
    bot.time.now += 200;
    await write('I am on it.', 'agent-anna');
    bot.envelope = () => mine;
    expect(await deliver()).toBe(true);
    expect(await endOf(sid)).toBe('person');
  });

  it('is answered where nobody wrote since but customers and programs', async () => {
    await begin({ PROGRAMS: 'reminder' });
    await join('reminder');
    const sid = await write('one');
    const mine = bot.envelope();
    await write('Tomorrow at nine.', 'reminder');
    await write('hello?');
    bot.envelope = () => mine;
    expect(await deliver()).toBe(true);
    expect(await endOf(sid)).toBe('replied');
  });

  it('is answered, after its list, where the rules let nobody silence the bot', async () => {
    bot.deploy(book(WELCOME.replace('rules:', 'quiet_after_person: 0\nrules:')));
    await join('agent-anna');
    const sid = await write('one');
    const mine = bot.envelope();
    await write('I am on it.', 'agent-anna');
    bot.envelope = () => mine;
    expect(await deliver()).toBe(true);
    expect(await endOf(sid)).toBe('replied');
  });

  it('waits for a list that shows it, and no longer than four deliveries', async () => {
    const sid = await write('one');
    bot.hooks.exchange = async (request, pass) =>
      request.method === 'GET' ? answer(200, { messages: [], meta: { next_page_url: null } }) : pass();
    expect(await deliver()).toBe(false);
    expect(bot.postponed).toEqual([2]);
    for (let count = 2; count <= 4; count += 1)
      expect(await bot.deliver(found(bot.envelope()), count)).toBe(false);
    expect(await bot.deliver(found(bot.envelope()), 5)).toBe(true);
    expect(await endOf(sid)).toBe('replied');
  });
});

describe('a message behind a gap', () => {
  it('has one list for the gap, the markers and the persons, with what was missed', async () => {
    const first = await write('one');
    const second = await write('two');
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(asked()).toEqual(['GET', 'POST', 'POST', 'POST']);
    expect(await Promise.all([first, second].map(endOf))).toEqual(['replied', 'replied']);
  });

  it('is not answered, nor what was missed, when another stack has answered both', async () => {
    const first = await write('one');
    await post('parley', { in_reply_to: first, part: '1/1' });
    const second = await write('one');
    await post('parley', { in_reply_to: second, part: '1/1' });
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(await Promise.all([first, second].map(endOf))).toEqual([
      'answered_elsewhere',
      'answered_elsewhere',
    ]);
    expect(asked()).toEqual(['GET']);
  });
});

describe('a table', () => {
  it('that is lost answers nothing again that is delivered once more', async () => {
    const envelopes: string[] = [];
    for (const body of ['one', 'two', 'one']) {
      bot.time.now += 20 * SECOND;
      await write(body);
      envelopes.push(bot.envelope());
      expect(await bot.deliver(bot.envelope())).toBe(true);
    }
    const before = said();
    await loseTable();
    bot.time.now += 5 * MINUTE;
    for (const body of envelopes) expect(await bot.deliver(body)).toBe(true);
    expect(said()).toEqual(before);
  });

  // Its answer was given behind a later message, whose webhook had overtaken its own by half a minute.
  it.each([
    ['lost', []],
    ['restored from a backup, which bears the name of the table before', ownedTable('parley-before')],
  ])('that was %s since a message was written does not pass it for fresh', async (_, rows) => {
    const sid = await write('one');
    const body = bot.envelope();
    expect(await bot.deliver(found(body))).toBe(true);
    const before = said();
    await loseTable();
    for (const [key, item] of rows) await bot.memory.put(key, item, undefined);
    bot.deploy(book(WELCOME));
    bot.time.now += 30 * SECOND;
    expect(await bot.deliver(body)).toBe(true);
    expect(said()).toEqual(before);
    expect(await endOf(sid)).toBe('answered_elsewhere');
  });

  it('is read of once, and half a minute after it was taken over a fresh message costs one request', async () => {
    await loseTable();
    bot.deploy(book(WELCOME));
    await write('one');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    bot.time.now += 33 * SECOND;
    const before = bot.requests.length;
    const read: string[] = [];
    bot.hooks.store.getAll = (keys) => {
      read.push(...keys.map(({ sk }) => sk));
      return bot.memory.getAll(keys);
    };
    await write('two');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    expect(asked(before)).toEqual(['POST', 'POST']);
    expect(read).not.toContain(TABLE_KEY.sk);
  });

  // Set back to when the answer was decided and nothing sent: the plan is there, and so are the replies.
  it.each([
    ['before anything was sent', 0, 5 * MINUTE, 'answered_elsewhere'],
    ['between the two parts', 2, 5 * MINUTE, 'replied'],
    // Cause: a part behind the first was not looked for until its message was a minute old.
    ['between the two parts of an answer to a message of just now', 2, 10 * SECOND, 'replied'],
    ['before the first part was known to be sent', 1, 5 * MINUTE, 'replied'],
  ])('that is set back to %s sends nothing again', async (_, keep, comesAgainMs, ended) => {
    const sid = await write('two');
    const body = bot.envelope();
    const versions: unknown[] = [];
    bot.hooks.store.put = (key, item, expected) => {
      if (key.sk.includes(sid)) versions.push(structuredClone(item));
      return bot.memory.put(key, item, expected);
    };
    expect(await bot.deliver(body)).toBe(true);
    bot.hooks.store = {};
    const before = said();
    await loseTable();
    const [sending] = versions as { value: { parts: { state: string }[] } }[];
    const kept = structuredClone(versions[Math.max(keep - 1, 0)]) as typeof sending;
    if (keep === 0) for (const part of kept?.value.parts ?? []) part.state = 'waiting';
    await bot.memory.put({ pk: conversationSid, sk: `onMessageAdded|${sid}` }, kept as never, undefined);
    bot.time.now += comesAgainMs;
    expect(await bot.deliver(body)).toBe(true);
    expect(said()).toEqual(before);
    expect(await endOf(sid)).toBe(ended);
  });

  it('that kept a plan does not send it over a person who has answered since', async () => {
    await join('agent-anna');
    const sid = await write('one');
    const mine = bot.envelope();
    bot.hooks.exchange = async () => answer(429, { code: 20429 });
    expect(await bot.deliver(mine)).toBe(false);
    bot.hooks.exchange = (_, pass) => pass();
    await write('I am on it.', 'agent-anna');
    bot.time.now += MINUTE + 1;
    const before = bot.requests.length;
    expect(await bot.deliver(mine, 2)).toBe(true);
    expect(asked(before).filter((line) => line.startsWith('POST'))).toEqual([]);
    expect(await endOf(sid)).toBe('person');
    expect(await record(sid)).toMatchObject({ rule: 'one', parts: [{ state: 'waiting' }] });
    expect(JSON.stringify(await record(sid))).not.toContain('only');
  });
});

describe('a welcome', () => {
  const endOfWelcome = async () => {
    const items = bot.memory.items().filter(([{ sk }]) => sk.startsWith('onParticipantAdded'));
    const finished = (items[0]?.[1].value as MessageRecord | undefined)?.finished;
    return finished?.reason ?? finished?.outcome;
  };

  // It has no Index, so the newest message is asked for, in case that it must be looked for later (note-newest.ts).
  it('costs what it always did when it is fresh', async () => {
    expect(await bot.deliver(await join('kim'))).toBe(true);
    expect(asked()).toEqual(['GET', 'POST']);
  });

  it('that waited is said after one list', async () => {
    const body = await join('kim');
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(body)).toBe(true);
    expect(asked()).toEqual(['GET', 'POST']);
    expect(await endOfWelcome()).toBe('replied');
  });

  it('that waited is not said when it is there, or when a person has written since', async () => {
    const body = await join('kim');
    const { ParticipantSid } = JSON.parse(body).params;
    await post('their-bot', { in_reply_to: ParticipantSid, part: '1/1' });
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(body)).toBe(true);
    expect(await endOfWelcome()).toBe('answered_elsewhere');

    await begin({ AGENTS: 'agent-*' });
    await join('agent-anna');
    const other = await join('kim');
    await write('Hello Kim, I am Anna.', 'agent-anna');
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(other)).toBe(true);
    expect(await endOfWelcome()).toBe('person');
    expect(bot.creates()).toEqual([]);
  });
});

describe('a conversation', () => {
  const twoThousand = async () => {
    for (let n = 0; n < 2_000; n += 1) await bot.service.customer.write({ conversationSid, body: `${n}` });
    await bot.service.idle();
  };

  it('of thousands of messages since is looked through', async () => {
    const sid = await write('one');
    const body = bot.envelope();
    await post('parley', { in_reply_to: sid, part: '1/1' });
    await twoThousand();
    bot.time.now += MINUTE + 1;
    expect(await bot.deliver(body)).toBe(true);
    expect(await endOf(sid)).toBe('answered_elsewhere');
  });

  it('that is gone, list and all, has Twilio say so', async () => {
    const sid = await write('one');
    bot.hooks.exchange = async () => answer(404, { code: 20404, message: 'no' });
    bot.time.now += MINUTE + 1;
    for (let count = 1; count < 5; count += 1) expect(await bot.deliver(bot.envelope(), count)).toBe(false);
    expect(await bot.deliver(bot.envelope(), 5)).toBe(true);
    expect(asked().at(-1)).toBe('POST');
    expect(await endOf(sid)).toMatch(/^not_found/);
    expect(counted('outcome_quarantined')).toBe(1);
  });
});

describe('a webhook of just now', () => {
  const event = messageAdded();
  const at = Date.parse(event.DateCreated);
  const claim = {
    event,
    receivedAt: at,
    found: false,
    tableSince: 0,
    delivery: { receiveCount: 1, wentBehind: false, remainingMs: () => 30_000 },
  } as const;

  it('is fresh, unless an operator lets it be answered', () => {
    expect(isFresh(claim, at)).toBe(true);
    expect(isFresh({ ...claim, answerUntil: at + MINUTE }, at)).toBe(false);
  });

  it('is fresh from the moment on in which whoever had the table before has ended, by whichever clock', () => {
    expect(isFresh({ ...claim, tableSince: at - 32 * SECOND }, at)).toBe(true);
    expect(isFresh({ ...claim, tableSince: at - 32 * SECOND + 1 }, at)).toBe(false);
  });
});

/** One look at a list that is the test's, newest first; says how many of its messages were read as well. */
async function look(
  event: Claim['event'],
  listed: Iterable<Partial<MessageResource>>,
  {
    now = 0,
    marks,
    before,
    ...more
  }: Partial<Claim> & { readonly now?: number; readonly marks?: Marks; readonly before?: MessageRecord } = {},
) {
  let read = 0;
  const list = async function* () {
    for (const message of listed) {
      read += 1;
      yield { sid: `IM${message.index}`, author: 'x', participant_sid: 'MB1', ...message } as MessageResource;
    }
  };
  const ports = {
    store: { get: async () => marks && { version: 1, expiresAt: 4e9, value: marks } },
    clock: { now: () => now },
    botAuthor: 'parley',
    agents: { identities: ['agent-*'], roleSids: [] },
    programs: { identities: [], roleSids: [] },
    quietAfterPersonMs: 60 * MINUTE,
    settleMs: 45 * SECOND,
  };
  const claim = {
    event,
    receivedAt: 0,
    address: { serviceSid: 'IS1', conversationSid: 'CH1' },
    list,
    tries: { number: 1, isLast: false },
    delivery: { receiveCount: 2 },
    conversation: {},
    read: { participant: async () => undefined },
    ...more,
  };
  const work = lookLate(ports as never, claim as unknown as Claim, before);
  return { end: () => work, thrown: () => thrownBy(work), read: () => work.then(() => read) };
}

function* range(newest: number, oldest: number, message: Partial<MessageResource> = {}) {
  for (let index = newest; index >= oldest; index -= 1) yield { ...message, index };
}

const ASKED = messageAdded({ Index: 7 });
const AT = Date.parse(ASKED.DateCreated);
const dated = (ms: number) => ({ date_created: new Date(AT + ms).toISOString() });
const reply = (part: string, to: string = ASKED.MessageSid) => ({
  author: 'parley',
  participant_sid: null,
  attributes: JSON.stringify(markerAttributes({ in_reply_to: to, part })),
});

describe('the list before a late answer', () => {
  it('is read down to the message itself, and no further', async () => {
    const looked = await look(ASKED, range(9, 0, dated(0)));
    expect(await looked.end()).toBeUndefined();
    // The one before it says that this is all.
    expect(await looked.read()).toBe(4);
  });

  it('that does not show the message yet says why it is waited for', async () => {
    const looked = await look(ASKED, range(6, 0, dated(0)));
    expect(await looked.thrown()).toMatchObject({ reason: 'list_lags', delayMs: 2_000 });
  });

  // Whether it was answered stands perhaps further back.
  it('of more messages than anybody looks through has it set aside as unknown', async () => {
    const answered = function* (newest: number) {
      yield* range(newest, 9, dated(0));
      yield { index: 8, ...reply('1/1'), ...dated(0) };
      yield* range(7, 0, dated(0));
    };
    expect(await (await look(ASKED, answered(5_006))).end()).toMatchObject({ reason: 'answered_elsewhere' });
    const unknown = { outcome: 'quarantined', reason: 'unknown_outcome' };
    expect(await (await look(ASKED, range(5_007, 0, dated(0)))).end()).toEqual(unknown);
  });

  it('with half an answer is waited for from the latest of its parts on, in whatever order they stand', async () => {
    const parts = [
      { index: 9, ...reply('1/3'), ...dated(SECOND) },
      { index: 8, ...reply('2/3'), ...dated(20 * SECOND) },
      { index: 7, ...dated(0) },
    ];
    const before = await look(ASKED, parts, { now: AT + 64 * SECOND });
    expect(await before.thrown()).toMatchObject({ reason: 'half_answered', delayMs: 1_000 });
    const then = await look(ASKED, parts, { now: AT + 65 * SECOND });
    expect(await then.end()).toEqual({ outcome: 'quarantined', reason: 'half_answered' });
  });

  it('of a conversation that was handed over by then has it suppressed', async () => {
    const handover = { at: AT - MINUTE, until: AT + MINUTE, back: [] };
    const conversation = { handover } as unknown as Claim['conversation'];
    const looked = await look(ASKED, range(7, 7, dated(0)), { conversation });
    expect(await looked.end()).toEqual({ outcome: 'suppressed', reason: 'handed_over' });
  });
});

describe('what another bot may have answered', () => {
  const { Source: _, ...listed } = ASKED;
  const others = (othersUntil: number): Marks => ({ since: 0, services: { IS1: { since: 0, othersUntil } } });
  const note = { index: 8, author: 'crm', participant_sid: null, ...dated(0) };
  const asked = { index: 7, ...dated(0) };
  const end = async (messages: readonly Partial<MessageResource>[], more: Parameters<typeof look>[2]) =>
    (await look(listed, messages, more)).end();

  it('is not answered where no webhook told of it, and somebody has said something since', async () => {
    const elsewhere = { outcome: 'suppressed', reason: 'answered_elsewhere' };
    expect(await end([note, asked], { marks: others(AT + 1) })).toEqual(elsewhere);
    expect(await end([asked], { marks: others(AT + 1) })).toBeUndefined();
    expect(await end([note, asked], { marks: others(AT) })).toBeUndefined();
  });

  it('is finished where it was ours to answer before', async () => {
    const before = planRecord({ eventType: 'onMessageAdded', receivedAt: 0 }, 'one', [
      { kind: 'text', Body: 'x' },
    ]);
    expect(await end([note, asked], { marks: others(AT + 1), before })).toBeUndefined();
  });
});

describe('the list before a late welcome', () => {
  const welcomed = participantAdded();

  it('is read one page beyond what was written before, and no further', async () => {
    expect(await (await look(welcomed, range(999, 0, dated(-2 * SECOND - 1)))).read()).toBe(100);
  });

  // The one clock is behind the other: what came after them is dated before them.
  it('is read through all that was written two seconds before they joined', async () => {
    const listed = [
      ...range(300, 100, dated(-2 * SECOND)),
      { index: 99, ...reply('1/1', welcomed.ParticipantSid), ...dated(-2 * SECOND) },
    ];
    expect(await (await look(welcomed, listed)).end()).toMatchObject({ reason: 'answered_elsewhere' });
  });

  it('lets nobody keep the bot quiet who wrote longer ago than persons do', async () => {
    const agents = (ms: number) => [{ index: 3, author: 'agent-anna', ...dated(ms) }];
    expect(await (await look(welcomed, agents(-60 * MINUTE))).end()).toBeUndefined();
    const person = { outcome: 'suppressed', reason: 'person' };
    expect(await (await look(welcomed, agents(-60 * MINUTE + 1))).end()).toEqual(person);
  });
});

import { describe, expect, it } from 'vitest';
import { markerAttributes } from '../../lib/event/marker.ts';
import { serviceMark } from '../../lib/record/since.ts';
import { book, type ReplyHarness, RULES, startReply } from '../reply/bot-harness.ts';

/** Somebody with the account's key writes, under any name. */
async function post(bot: ReplyHarness, conversationSid: string, form: Record<string, string>) {
  const authorization = `Basic ${Buffer.from(`SK${'3'.repeat(32)}:secret`).toString('base64')}`;
  await bot.service.handle({
    method: 'POST',
    url: `https://conversations.twilio.com/v1/Services/IS${'2'.repeat(32)}/Conversations/${conversationSid}/Messages`,
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(form).toString()),
  });
}

describe('a message that was deleted before its turn came', () => {
  // It waited for a list that would show it, twenty times, and then was a dead letter without an outcome.
  it('does not hold up a conversation in which a webhook is missing', async () => {
    const bot = await startReply();
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    const lost = await bot.service.customer.write({ conversationSid, body: 'one' });
    const deleted = await bot.service.customer.write({ conversationSid, body: 'silence' });
    await bot.service.idle();
    const body = bot.envelope();
    await bot.service.customer.remove({ conversationSid, messageSid: String(deleted['sid']) });

    for (const receiveCount of [1, 2, 3, 4]) expect(await bot.deliver(body, receiveCount)).toBe(false);
    expect(bot.postponed).toEqual([2, 2, 2, 2]);
    expect(await bot.deliver(body, 5)).toBe(true);
    const outcomes = [lost, deleted].map(({ sid }) =>
      bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }),
    );
    expect(await Promise.all(outcomes)).toMatchObject([
      { finished: { outcome: 'replied' } },
      { finished: { outcome: 'suppressed', reason: 'ignored' } },
    ]);
  });
});

describe('what the bot has said itself', () => {
  // Under a former name its own reply passed for a missed message; where the table failed before that was noted, what
  // had been recorded of it was never counted, since behind the next message it was known to be the bot's.
  it('is not missed, although BOT_AUTHOR has changed since', async () => {
    const settings: Record<string, string> = {};
    const bot = await startReply(settings);
    const conversationSid = await bot.startConversation();
    await bot.write(conversationSid, 'one');
    const lost = await bot.write(conversationSid, 'silence');
    expect(await bot.deliver(bot.envelope(1))).toBe(true);
    settings['BOT_AUTHOR'] = 'support';
    bot.deploy(book(RULES));
    bot.time.now += 61_000;
    await bot.write(conversationSid, 'again');
    expect(await bot.deliver(bot.envelope())).toBe(true);

    const records = (await bot.memory.list(conversationSid, 100)).map(([{ sk }]) => sk);
    expect(records).toContain(`onMessageAdded|${lost}`);
    expect(records.filter((sk) => sk.startsWith('onMessageAdded|'))).toHaveLength(3);
    expect(bot.log.lines.filter(({ reason }) => reason === 'own_marker')).toEqual([]);
  });
});

describe('the first messages that a new installation hears of', () => {
  // What was written a second before the first look passed for history, and was answered after the later one.
  it('are answered in their order when the second one overtakes the first', async () => {
    const bot = await startReply();
    bot.time.now = Date.parse('2026-11-20T12:00:00.900Z');
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await bot.service.customer.write({ conversationSid, body: 'one' });
    bot.time.now += 1_500;
    await bot.service.customer.write({ conversationSid, body: 'again' });
    await bot.service.idle();
    const [first, second] = [bot.envelope(1), bot.envelope(0)];
    expect(await bot.deliver(second)).toBe(true);
    expect(await bot.deliver(first)).toBe(true);
    const subjects = bot.creates().map(({ body }) => new URLSearchParams(body).get('Attributes'));
    const sids = [first, second].map((envelope) => JSON.parse(envelope).params.MessageSid);
    expect(subjects.map((attributes) => JSON.parse(attributes ?? '').parley.in_reply_to)).toEqual(sids);
  });

  interface Meanwhile {
    /** What somebody posts between the two. */
    readonly post?: Record<string, string>;
    /** How long after the second the reconciler looks for the first time, before anything is delivered. */
    readonly lookMs?: number;
  }

  /** Two messages, the second delivered first; whom the replies answer, in order. */
  async function answered(apartMs: number, meanwhile: Meanwhile = {}) {
    const bot = await startReply();
    bot.time.now = Date.parse('2026-11-20T12:00:00.900Z');
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    await bot.service.customer.write({ conversationSid, body: 'one' });
    bot.time.now += apartMs;
    if (meanwhile.post) await post(bot, conversationSid, meanwhile.post);
    await bot.service.customer.write({ conversationSid, body: 'again' });
    await bot.service.idle();
    if (meanwhile.lookMs !== undefined) {
      bot.time.now += meanwhile.lookMs;
      await serviceMark({ store: bot.memory, clock: { now: () => bot.time.now } }, `IS${'2'.repeat(32)}`);
    }
    const [first, second] = [bot.envelope(1), bot.envelope(0)];
    expect(await bot.deliver(second)).toBe(true);
    const before = bot.creates().length;
    expect(await bot.deliver(first)).toBe(true);
    const names = ['first', 'second'];
    const sids = [first, second].map((envelope) => JSON.parse(envelope).params.MessageSid);
    const subjects = bot.creates().map(({ body }) => {
      const attributes = new URLSearchParams(body).get('Attributes') ?? '';
      return names[sids.indexOf(JSON.parse(attributes).parley.in_reply_to)];
    });
    return { before, subjects };
  }

  // The mark of the installation was set at the second message, less ten seconds, and the first passed for history.
  it.each([30_000, 59_000, 4 * 60_000])(
    'are answered in their order when the first, %d ms older, waited in the spool',
    async (apartMs) => {
      expect(await answered(apartMs)).toEqual({ before: 2, subjects: ['first', 'second'] });
    },
  );

  // The process that heard of the second one died, and the mark was the look's: the first passed for history.
  it('are answered in their order where the reconciler looks between hearing of them and answering them', async () => {
    const inOrder = { before: 2, subjects: ['first', 'second'] };
    expect(await answered(7_000, { lookMs: 170_000 })).toEqual(inOrder);
  });

  // The queue had refused the first one once more, and it passed for history: it was answered behind the second.
  it('are answered in their order where a look came between them', async () => {
    expect(await answered(7_000, { lookMs: -1_000 })).toEqual({ before: 2, subjects: ['first', 'second'] });
    expect(await answered(4 * 60_000, { lookMs: -59_000 })).toMatchObject({ before: 2 });
  });

  it('are history where a look came more than a sweep of the spool before the second one', async () => {
    expect(await answered(4 * 60_000, { lookMs: -61_000 })).toMatchObject({ before: 1 });
  });

  it('are history where they are older than a sweep of the spool, or where somebody has answered', async () => {
    expect(await answered(6 * 60_000)).toMatchObject({ before: 1 });
    const answer = { Author: 'their-bot', Body: 'You were answered before this bot came.' };
    expect(await answered(4 * 60_000, { post: answer })).toMatchObject({ before: 1 });
  });
});

describe('two replies to one event', () => {
  const WELCOMES = `${RULES}  - { id: joined, when: { event: onParticipantAdded }, then: { text: welcome } }\n`;
  const duplicates = (bot: ReplyHarness) =>
    bot.log.lines.flatMap((line) => ('duplicate_detected' in line ? [line['reason']] : []));

  async function talk() {
    const bot = await startReply({ AGENTS: 'agent-*' });
    bot.deploy(book(WELCOMES));
    const { conversation } = await bot.service.customer.startConversation({ channel: 'whatsapp' });
    const conversationSid = String(conversation['sid']);
    const write = async (body: string) => {
      bot.time.now += 10_000;
      const { sid } = await bot.service.customer.write({ conversationSid, body });
      await bot.service.idle();
      expect(await bot.deliver(bot.envelope())).toBe(true);
      return String(sid);
    };
    return { bot, conversationSid, write };
  }

  // Twilio called both stacks, both answered, and nobody was told.
  it.each([
    ['another author', 'their-bot', 'other_stack'],
    ['the same author', 'parley', undefined],
  ])('of two stacks are reported at the next message, by %s', async (_, Author, reason) => {
    const { bot, conversationSid, write } = await talk();
    const sid = await write('one');
    const Attributes = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '1/1' }));
    await post(bot, conversationSid, { Author, Body: 'theirs', Attributes });
    expect(duplicates(bot)).toEqual([]);
    await write('two');
    expect(duplicates(bot)).toEqual([reason]);
    expect(bot.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a reply is at Twilio twice' }),
    );
  });

  it('of two stacks are reported where the other one cut its answer into more parts', async () => {
    const { bot, conversationSid, write } = await talk();
    const sid = await write('one');
    const Attributes = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '2/2' }));
    await post(bot, conversationSid, { Author: 'their-bot', Body: 'theirs', Attributes });
    await write('two');
    expect(duplicates(bot)).toEqual(['other_stack']);
  });

  it('are none where a participant wrote the marker, or where it was another’s to answer', async () => {
    const { bot, conversationSid, write } = await talk();
    const sid = await write('one');
    const unanswered = await write('silence');
    const forged = JSON.stringify(markerAttributes({ in_reply_to: sid, part: '1/1' }));
    await bot.service.customer.write({ conversationSid, body: 'x', attributes: forged });
    const theirs = JSON.stringify(markerAttributes({ in_reply_to: unanswered, part: '1/1' }));
    await post(bot, conversationSid, { Author: 'their-bot', Body: 'theirs', Attributes: theirs });
    bot.time.now += 60_000;
    await write('two');
    expect(duplicates(bot)).toEqual([]);
  });

  // Its marker names a participant, and messages alone were looked for.
  it('are reported of a welcome whose first POST took effect after all', async () => {
    const { bot, conversationSid, write } = await talk();
    await write('one');
    await bot.service.customer.join({ conversationSid, identity: 'lee' });
    await bot.service.idle();
    expect(await bot.deliver(bot.envelope())).toBe(true);
    const form = new URLSearchParams(bot.creates().at(-1)?.body);
    expect(form.get('Body')).toBe('welcome');
    await write('one');
    expect(duplicates(bot)).toEqual([]);
    await post(bot, conversationSid, Object.fromEntries(form));
    await write('two');
    expect(duplicates(bot)).toEqual([undefined]);
  });
});

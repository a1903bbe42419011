import { beforeEach, describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../lib/record/conversation.ts';
import { forgottenConversation } from '../../lib/record/forgotten.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { startScene, WEBHOOK_URL } from '../reconcile/scene.ts';
import { askTwilio } from './ask-twilio.ts';
import { book, type ReplyHarness } from './bot-harness.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const RULES = book(`version: 1
rules:
  - { id: agent, when: { keyword: agent }, then: [{ text: soon }, { handover: { for: 4h } }] }
  - { id: one, when: { keyword: one }, then: { text: only } }
`);

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  ({ bot } = await startScene());
  bot.deploy(RULES);
  bot.service.configureWebhooks({
    PostWebhookUrl: WEBHOOK_URL,
    Filters: ['onMessageAdded', 'onConversationUpdated'],
  });
  conversationSid = await bot.startConversation();
});

async function change(form: Readonly<Record<string, string>>): Promise<void> {
  await post(form);
  expect(await bot.deliver(bot.envelope())).toBe(true);
}

async function post(form: Readonly<Record<string, string>>): Promise<void> {
  const { status } = await askTwilio(bot, { path: `/Conversations/${conversationSid}`, form, tells: true });
  expect(status).toBeLessThan(300);
  await bot.service.idle();
}

async function write(body: string): Promise<string | undefined> {
  bot.time.now += MINUTE;
  const sid = await bot.write(conversationSid, body);
  for (let times = 1; times < 20 && !(await bot.deliver(bot.envelope(), times)); times += 1)
    bot.time.now += 2_000;
  const finished = (await bot.record({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.finished;
  return finished?.reason ?? finished?.outcome;
}

async function forget(): Promise<void> {
  const key = conversationKey(conversationSid);
  const stored = await bot.memory.get<ConversationRecord>(key);
  if (stored === undefined) throw new Error('nothing to forget');
  const value = forgottenConversation(stored.value, { ended: [], accounted: -1, at: bot.time.now });
  await bot.memory.put(key, { ...stored, version: stored.version + 1, value }, stored.version);
}

const off = (more: Readonly<Record<string, string>> = {}) =>
  change({ Attributes: JSON.stringify({ parley: { handover: 'off', ...more } }) });

/** It is handed over, given back in its Attributes, and answered. */
async function giveBackOnce(): Promise<void> {
  expect(await write('agent')).toBe('replied');
  expect(await write('one')).toBe('handed_over');
  bot.time.now += MINUTE;
  await off();
  expect(await write('one')).toBe('replied');
}

function sleepForAMonth(): void {
  bot.time.now += 31 * DAY;
}

/** What may become of the conversation's item: between the first handover and the second, or after that. */
const FATES: readonly (readonly [string, { between?: () => void; later?: () => Promise<void> }])[] = [
  ['nothing', {}],
  ['a month without a word', { between: sleepForAMonth }],
  ['that the person was forgotten', { later: forget }],
];

// Cause: an `off` of which nothing was remembered counted as said anew, whatever had been changed.
describe('a conversation that was given back once, and is handed over anew', () => {
  it.each(FATES)('is not given back by a rename, after %s', async (_, { between, later }) => {
    await giveBackOnce();
    between?.();
    expect(await write('agent')).toBe('replied');
    await later?.();
    bot.time.now += MINUTE;
    await change({ FriendlyName: 'VIP' });
    expect(await write('one')).toBe('handed_over');
  });

  it.each(FATES)('is given back in other words, after %s', async (_, { between, later }) => {
    await giveBackOnce();
    between?.();
    expect(await write('agent')).toBe('replied');
    await later?.();
    bot.time.now += MINUTE;
    await off({ at: 'noon' });
    expect(await write('one')).toBe('replied');
  });

  it.each(FATES.slice(0, 2))('is given back by the same once more, after %s', async (_, { between }) => {
    await giveBackOnce();
    between?.();
    expect(await write('agent')).toBe('replied');
    bot.time.now += MINUTE;
    await off();
    expect(await write('one')).toBe('replied');
  });

  // Cause: its state stood among what may have been changed, and what tells of it was not heard.
  it('is given back by the same once more, though it slept when that was first said', async () => {
    bot.service.configureWebhooks({
      PostWebhookUrl: WEBHOOK_URL,
      Filters: ['onMessageAdded', 'onConversationUpdated', 'onConversationStateUpdated'],
    });
    expect(await write('agent')).toBe('replied');
    bot.time.now += MINUTE;
    await change({ State: 'inactive' });
    bot.time.now += MINUTE;
    await off();
    expect(await write('agent')).toBe('replied');
    const woken = [2, 1].filter((back) => bot.envelope(back).includes('onConversationStateUpdated'));
    expect(woken).not.toEqual([]);
    for (const back of woken) expect(await bot.deliver(bot.envelope(back))).toBe(true);
    expect(await write('one')).toBe('handed_over');
    bot.time.now += MINUTE;
    await off();
    expect(await write('one')).toBe('replied');
  });
});

describe('a person who writes where it was given back a month ago', () => {
  it('is not talked over once something else is changed', async () => {
    await giveBackOnce();
    sleepForAMonth();
    expect(await write('hello')).toBe('no_rule');
    await bot.service.customer.join({ conversationSid, identity: 'ana' });
    await bot.write(conversationSid, 'I help you', 'ana');
    expect(await bot.deliver(bot.envelope())).toBe(true);
    bot.time.now += MINUTE;
    await change({ FriendlyName: 'VIP' });
    expect(await write('one')).toBe('person');
    await off({ at: 'noon' });
    expect(await write('one')).toBe('replied');
  });
});

// Cause: what was read as the person's message was noted was newer than the webhook of `off`, and differed from it.
describe('a person who says `off` and changes something else, before their message is noted', () => {
  const OFF = { Attributes: '{"parley":{"handover":"off"}}' };
  const RENAME = { FriendlyName: 'done' };
  const SLEEP = { State: 'inactive' };
  let waiting: string[];

  beforeEach(async () => {
    bot.service.configureWebhooks({
      PostWebhookUrl: WEBHOOK_URL,
      Filters: ['onMessageAdded', 'onConversationUpdated', 'onConversationStateUpdated'],
    });
    await write('hello');
    await bot.service.customer.join({ conversationSid, identity: 'ana' });
    waiting = [];
  });

  /** Puts on the queue what somebody does, a second later. */
  async function queue(act: () => Promise<unknown>): Promise<void> {
    bot.time.now += 1_000;
    const latest = bot.envelope();
    await act();
    const told: string[] = [];
    while (bot.envelope(told.length) !== latest) told.unshift(bot.envelope(told.length));
    waiting.push(...told);
  }

  const says = () => bot.write(conversationSid, 'done, bye', 'ana');

  it.each<[string, readonly (() => Promise<unknown>)[], string]>([
    ['nothing', [says, () => post(OFF)], 'replied'],
    ['its name', [says, () => post(OFF), () => post(RENAME)], 'replied'],
    ['its state', [says, () => post(OFF), () => post(SLEEP)], 'replied'],
    ['both', [says, () => post(OFF), () => post(SLEEP), () => post(RENAME)], 'replied'],
    ['its name, once they have written again', [says, () => post(OFF), says, () => post(RENAME)], 'person'],
  ])('gives back what they had by then: %s', async (_, acts, expected) => {
    for (const act of acts) await queue(act);
    for (const envelope of waiting) expect(await bot.deliver(envelope)).toBe(true);
    expect(await write('one')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { muteConversation } from '../../lib/record/by-hand.ts';
import { refusal, startScene, WEBHOOK_URL } from '../reconcile/scene.ts';
import { askTwilio } from '../reply/ask-twilio.ts';
import { book, type ReplyHarness } from '../reply/bot-harness.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HELLO = book(`version: 1
rules:
  - { id: hello, when: { pattern: '.' }, then: { text: Hello! } }
`);

/** The bot beside its reconciler, told of all that happens. */
async function start() {
  const scene = await startScene();
  const { bot } = scene;
  bot.deploy(HELLO);
  bot.service.configureWebhooks({
    PostWebhookUrl: WEBHOOK_URL,
    Filters: ['onMessageAdded', 'onParticipantAdded', 'onConversationUpdated', 'onConversationStateUpdated'],
  });
  const conversationSid = await bot.startConversation();
  return { scene, bot, conversationSid, time: bot.time };
}

/** The latest webhook of this type comes to its outcome. */
async function hear(bot: ReplyHarness, eventType = 'onMessageAdded'): Promise<void> {
  const latest = [0, 1, 2].map((back) => bot.envelope(back));
  const envelope = latest.find((one) => JSON.parse(one).params.EventType === eventType) ?? '';
  for (let times = 1; times < 30 && !(await bot.deliver(envelope, times)); times += 1) bot.time.now += 2_000;
}

async function writeAndHear(bot: ReplyHarness, conversationSid: string, body: string): Promise<void> {
  await bot.write(conversationSid, body);
  await hear(bot);
}

async function change(bot: ReplyHarness, conversationSid: string, form: Readonly<Record<string, string>>) {
  const { status } = await askTwilio(bot, { path: `/Conversations/${conversationSid}`, form, tells: true });
  expect(status).toBeLessThan(300);
  await bot.service.idle();
}

const outcomes = (bot: ReplyHarness) =>
  bot.log.lines.flatMap((line) => Object.keys(line).filter((name) => name.startsWith('outcome_')));

type Scene = Awaited<ReturnType<typeof start>>;

const FIRST_HEARD: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  'the next message': async () => undefined,
  'that somebody joins': async ({ bot, conversationSid }) => {
    await bot.service.customer.join({ conversationSid, identity: 'dana' });
    await bot.service.idle();
    await hear(bot, 'onParticipantAdded');
  },
  'a rename': async ({ bot, conversationSid }) => {
    await change(bot, conversationSid, { FriendlyName: 'VIP' });
    await hear(bot, 'onConversationUpdated');
  },
  'that it goes to sleep': async ({ bot, conversationSid }) => {
    await change(bot, conversationSid, { State: 'inactive' });
    await hear(bot, 'onConversationStateUpdated');
  },
  'a mute that is over': async ({ bot, conversationSid, time }) => {
    const ports = { store: bot.memory, clock: { now: () => time.now } };
    await muteConversation(ports, conversationSid, time.now + 1);
  },
  'a message whose gap could not be read': async ({ bot, conversationSid }) => {
    bot.hooks.exchange = async ({ method, path }, pass) =>
      method === 'GET' && path.includes('/Messages?') ? refusal(500, 20500) : pass();
    await writeAndHear(bot, conversationSid, 'four');
    bot.hooks.exchange = (_, pass) => pass();
  },
};

describe('what was written before the installation', () => {
  // Cause: any event made the conversation known, and then all that was not accounted for was missed.
  it.each(Object.keys(FIRST_HEARD))(
    'is history, where the first heard of the conversation is %s',
    async (first) => {
      const begun = await start();
      const { scene, bot, conversationSid, time } = begun;
      for (const body of ['one', 'two', 'three']) {
        await bot.write(conversationSid, body);
        time.now += MINUTE;
      }
      time.now += 15 * MINUTE;
      await scene.run();
      time.now += 10 * MINUTE;
      await FIRST_HEARD[first]?.(begun);
      const before = bot.creates().length;
      time.now += MINUTE;
      await writeAndHear(bot, conversationSid, 'five');
      expect(bot.creates().length - before).toBe(1);
    },
  );

  it('is history, and what was lost since then is found, where somebody joined in between', async () => {
    const begun = await start();
    const { scene, bot, conversationSid, time } = begun;
    await bot.write(conversationSid, 'one');
    time.now += MINUTE;
    await scene.run();
    await FIRST_HEARD['that somebody joins']?.(begun);
    await bot.write(conversationSid, 'two');
    time.now += 2 * MINUTE;
    await writeAndHear(bot, conversationSid, 'three');
    expect(bot.creates()).toHaveLength(2);
  });
});

describe('what is older than records are kept', () => {
  it('is not counted again where somebody joins, and then the customer writes', async () => {
    const begun = await start();
    const { bot, conversationSid, time } = begun;
    for (const body of ['one', 'two', 'three']) {
      await writeAndHear(bot, conversationSid, body);
      time.now += MINUTE;
    }
    time.now += 31 * DAY;
    await FIRST_HEARD['that somebody joins']?.(begun);
    time.now += MINUTE;
    await writeAndHear(bot, conversationSid, 'four');
    expect(outcomes(bot).slice(3)).toEqual(['outcome_no_rule', 'outcome_replied']);
  });

  // Cause: a gap that nobody could read stayed open for longer than the records of what stood in it.
  it('is not counted again behind a gap that was open for a month', async () => {
    const { bot, conversationSid, time } = await start();
    await writeAndHear(bot, conversationSid, 'one');
    await bot.write(conversationSid, 'lost');
    time.now += 2 * MINUTE;
    bot.hooks.exchange = async ({ method, path }, pass) =>
      method === 'GET' && path.includes('/Messages?') ? refusal(500, 20500) : pass();
    await writeAndHear(bot, conversationSid, 'three');
    time.now += 20 * DAY;
    await writeAndHear(bot, conversationSid, 'four');
    bot.hooks.exchange = (_, pass) => pass();
    time.now += 11 * DAY;
    const before = outcomes(bot).length;
    await writeAndHear(bot, conversationSid, 'five');
    expect(outcomes(bot).slice(before)).toEqual(['outcome_replied']);
  });
});

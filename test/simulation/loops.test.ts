import { describe, expect, it } from 'vitest';
import { drawSeed, drawSome } from '../support/runs.ts';
import { createLoopWorld, HOUR, MINUTE, measure, type Quiet } from './loops.ts';
import { EPOCH } from './scheduler.ts';

/** Which of the cases are tried: others each time, and all of them in `npm run hostile`. */
const SEED = drawSeed();
const DAY = EPOCH + 24 * HOUR;
/** The defaults of REPLIES_PER_MINUTE, REPLIES_PER_HOUR and REPLIES_PER_DAY. */
const BUDGET = { mostAMinute: 6, mostAnHour: 60, mostADay: 200 };

function expectWithinBudget(quiet: Quiet): void {
  expect(quiet.mostAMinute).toBeLessThanOrEqual(BUDGET.mostAMinute);
  expect(quiet.mostAnHour).toBeLessThanOrEqual(BUDGET.mostAnHour);
  expect(quiet.mostADay).toBeLessThanOrEqual(BUDGET.mostADay);
  expect(quiet.toItself).toBe(0);
}

/** Another bot, which answers each message after `afterMs` and begins anew every half hour, for a day. */
async function twoBots(channel: 'whatsapp' | 'chat', afterMs: number, words: (n: number) => string) {
  const { world, scheduler, onReply, converse } = await createLoopWorld();
  const { write } = await converse(channel, channel === 'chat' ? 'other-bot' : '+15550100099');
  let said = 0;
  const say = () => {
    said += 1;
    write(words(said));
  };
  onReply(afterMs, say);
  const begin = () => {
    say();
    scheduler.after(30 * MINUTE, begin);
  };
  begin();
  await scheduler.run(DAY);
  return measure(world);
}

// Cause: one that answered at once did so before its reply was noted, and was never taken for quick.
const QUICK_BOTS = [
  ['chat', 0],
  ['whatsapp', 2_000],
  ['whatsapp', 0],
  ['chat', 1_000],
] as const;

describe('a bot at the other end for a day', () => {
  it.each(drawSome(QUICK_BOTS, 2, SEED))(
    'on %s that answers in %d ms gets five quick turns, then silence and an alarm',
    async (channel, ms) => {
      const quiet = await twoBots(channel, ms, (n) => `Number ${n} is next`);
      expectWithinBudget(quiet);
      expect(quiet.muted).toBeGreaterThan(0);
      // The first mute lasts a minute, the second ten, all others an hour.
      expect(quiet.mostAnHour).toBeLessThanOrEqual(3 * 6);
      expect(quiet.replies).toBeLessThanOrEqual(26 * 6);
    },
  );

  it('that answers as slowly as people do stays within the budget', async () => {
    const quiet = await twoBots('whatsapp', 5_000, (n) => `Number ${n} is next`);
    expectWithinBudget(quiet);
    expect(quiet.replies).toBeGreaterThan(24);
  });

  it('that says the same all the time gets three answers, and three when it begins anew half an hour later', async () => {
    const quiet = await twoBots('chat', 5_000, () => 'I did not understand that');
    expect(quiet.replies).toBe(48 * 3);
  });
});

describe('a program that answers each reply over REST', () => {
  it.each([true, false])('is not answered, with webhooks for its posts: %s', async (webhooks) => {
    const { world, scheduler, onReply, converse } = await createLoopWorld();
    const { write } = await converse('whatsapp');
    let posts = 0;
    onReply(100, (conversationSid) => {
      posts += 1;
      void world.post(conversationSid, { Author: 'crm', Body: `Noted as number ${posts}` }, webhooks);
    });
    for (let n = 0; n < 20; n += 1) scheduler.after(n * 2 * MINUTE, () => write(`order ${n}`));
    await scheduler.run(EPOCH + 3 * HOUR);
    expect(measure(world)).toMatchObject({ replies: 20, muted: 0, toItself: 0 });
    expect(posts).toBe(20);
  });

  it('stays within the budget even where it speaks with a customer’s name and nobody tells us its Source', async () => {
    const { world, scheduler, onReply, converse } = await createLoopWorld();
    const { write, conversationSid } = await converse('chat', 'customer-kim');
    let posts = 0;
    onReply(100, () => {
      posts += 1;
      void world.post(conversationSid, { Author: 'customer-kim', Body: `Number ${posts}` }, false);
    });
    write('hello');
    await scheduler.run(DAY);
    expectWithinBudget(measure(world));
  });
});

/** So many milliseconds later, for so many hours. */
const MIRRORS = [
  [0, 24],
  [1_500, 24],
  [10_000, 6],
] as const;

describe('three conversations that mirror each other', () => {
  it.each(drawSome(MIRRORS, 1, SEED))(
    '%d ms later stay within the budget for %d hours',
    async (ms, hours) => {
      const { world, scheduler, onReply, converse } = await createLoopWorld();
      const talks = [
        await converse('chat', 'one'),
        await converse('chat', 'two'),
        await converse('whatsapp'),
      ];
      let copies = 0;
      onReply(ms, (from) => {
        const at = talks.findIndex(({ conversationSid }) => conversationSid === from);
        copies += 1;
        talks[(at + 1) % talks.length]?.write(`You are right (${copies})`);
      });
      const begin = () => {
        talks[0]?.write(`Good morning ${copies}`);
        scheduler.after(2 * HOUR, begin);
      };
      begin();
      await scheduler.run(EPOCH + hours * HOUR);
      const quiet = measure(world);
      expectWithinBudget(quiet);
      expect(copies).toBeGreaterThan(10);
    },
  );
});

describe('a world that sends each message of the bot back as a webhook, eleven times', () => {
  it('hears nothing of it', async () => {
    const { world, scheduler, converse } = await createLoopWorld({}, true);
    world.service.faults.arm({ kind: 'webhook-duplicate', copies: 10, times: null });
    const { write } = await converse('whatsapp');
    for (let n = 0; n < 25; n += 1) scheduler.after(n * 75_000, () => write(`order ${n}`));
    await scheduler.run(EPOCH + HOUR);
    expect(measure(world)).toMatchObject({ replies: 25, toItself: 0, muted: 0 });
  });
});

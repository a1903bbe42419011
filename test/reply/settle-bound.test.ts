import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../lib/ports.ts';
import { type ReplyHarness, startReply } from './bot-harness.ts';

let bot: ReplyHarness;
let conversationSid: string;

beforeEach(async () => {
  bot = await startReply();
  conversationSid = await bot.startConversation();
});

const failed = { status: 500, headers: { 'content-type': 'application/json' }, body: '{"code":20500}' };

/**
 * The first POST takes effect so many milliseconds after it was started, lists lag and take so many, and the message
 * comes again a little off whatever was asked for.
 * @returns how many replies there are in the end.
 */
async function repliesWhen(timing: { commitAt: number; lagMs: number; listMs: number; early: number }) {
  const { sid } = await bot.service.customer.write({ conversationSid, body: 'one' });
  await bot.service.idle();
  const start = bot.time.now;
  let commit: (() => Promise<unknown>) | undefined;
  let shownAt = Number.POSITIVE_INFINITY;
  const takeEffect = async () => {
    if (commit === undefined || bot.time.now < start + timing.commitAt) return;
    const pass = commit;
    commit = undefined;
    shownAt = start + timing.commitAt + timing.lagMs;
    await pass();
  };
  bot.hooks.exchange = async (request: HttpRequest, pass) => {
    await takeEffect();
    if (request.method === 'POST' && shownAt === Number.POSITIVE_INFINITY && commit === undefined) {
      commit = pass;
      bot.time.now += request.timeoutMs;
      return failed;
    }
    const askedAt = bot.time.now;
    const response = await pass();
    if (request.method !== 'GET') return response;
    bot.time.now += timing.listMs;
    if (askedAt >= shownAt) return response;
    const listed = JSON.parse(response.body) as { messages?: { attributes: string }[] };
    const messages = listed.messages?.filter(({ attributes }) => !attributes.includes(String(sid)));
    return { ...response, body: JSON.stringify({ ...listed, ...(messages ? { messages } : {}) }) };
  };
  for (let count = 1; count <= 9; count += 1) {
    if (await bot.deliver(bot.envelope(), count)) break;
    bot.time.now += Math.max(0, (bot.postponed.at(-1) ?? 0) * 1_000 - timing.early);
    await takeEffect();
  }
  bot.time.now = Math.max(bot.time.now, start + timing.commitAt);
  await takeEffect();
  return bot.service
    .since(0)
    .filter((each) => each.kind === 'message' && String(each.resource['attributes']).includes(String(sid)))
    .length;
}

describe('the settle time of 45 seconds, in true seconds', () => {
  it.each([30_000, 40_000, 44_000, 45_000])(
    'holds for a POST that takes effect %d ms after it was started, though lists lag by two seconds',
    async (commitAt) => {
      expect(await repliesWhen({ commitAt, lagMs: 2_000, listMs: 0, early: 0 })).toBe(1);
    },
  );

  // The list was asked before the settle time was over, and answered after it.
  it.each([1_500, 3_000, 4_500])('holds when a list takes %d ms', async (listMs) => {
    for (const early of [500, 1_500, 2_500, 4_000]) {
      bot = await startReply();
      conversationSid = await bot.startConversation();
      expect(await repliesWhen({ commitAt: 45_000, lagMs: 2_000, listMs, early })).toBe(1);
    }
  });

  it('does not hold for a POST that takes effect later than that', async () => {
    expect(await repliesWhen({ commitAt: 60_000, lagMs: 2_000, listMs: 0, early: 0 })).toBe(2);
  });
});

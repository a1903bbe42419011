import { beforeEach, describe, expect, it } from 'vitest';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { HOUR, MINUTE, refusal, type Scene, startScene } from './scene.ts';

let scene: Scene;
let conversationSid: string;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  conversationSid = await scene.startConversation();
});

const next = () => scene.runFor(5 * MINUTE);

describe('reconcile', () => {
  it('puts a message whose webhook never came on the queue, as the webhook would have', async () => {
    const sid = await scene.write(conversationSid, 'one');
    expect(await next()).toBe(1);
    const { sent, bot } = scene;
    expect(sent).toMatchObject([{ groupId: conversationSid, deduplicationId: `onMessageAdded|${sid}` }]);
    const { event, address, doubtful } = openEnvelope(sent[0]?.body ?? '');
    expect(event).toMatchObject({ EventType: 'onMessageAdded', MessageSid: sid, Body: 'one', Index: 0 });
    expect(address.conversationSid).toBe(conversationSid);
    expect(doubtful).toBe(false);
    await scene.answer();
    expect(bot.creates()).toHaveLength(1);
    expect(scene.counted('message_found')).toBe(1);
  });

  it('finds nothing where every message has a record', async () => {
    await scene.write(conversationSid, 'one');
    await scene.hear();
    expect(await next()).toBe(0);
    expect(scene.sent).toEqual([]);
  });

  it('finds messages in order, after the last one that is accounted for', async () => {
    await scene.write(conversationSid, 'one');
    await scene.hear();
    const missed = [await scene.write(conversationSid, 'two'), await scene.write(conversationSid, 'echo x')];
    expect(await next()).toBe(2);
    expect(scene.sent.map(({ deduplicationId }) => deduplicationId)).toEqual(
      missed.map((sid) => `onMessageAdded|${sid}`),
    );
  });

  it('does not take what was written before the installation for lost', async () => {
    scene = await startScene();
    conversationSid = await scene.startConversation();
    await scene.write(conversationSid, 'one');
    scene.bot.time.now += 1_000;
    expect(await scene.run()).toBe(0);
    await scene.write(conversationSid, 'two');
    expect(await next()).toBe(1);
  });

  // What is listed says nothing of the way it came, which the webhook does.
  it('leaves a message that is younger than a minute to its webhook, and finds it the next time', async () => {
    await scene.runFor(4 * MINUTE);
    scene.bot.time.now += 0.5 * MINUTE;
    await scene.write(conversationSid, 'one');
    const before = scene.bot.requests.length;
    expect(await scene.runFor(0.5 * MINUTE)).toBe(0);
    expect(scene.asked(before).some((path) => path.includes(`${conversationSid}/Messages`))).toBe(true);
    expect(await next()).toBe(1);
  });

  it('goes on with the other conversations when one cannot be read', async () => {
    const other = await scene.startConversation();
    await scene.write(conversationSid, 'one');
    await scene.write(other, 'one');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(`${conversationSid}/Messages`) ? refusal(403, 20403) : pass();
    expect(await next()).toBe(1);
    expect(scene.sent.map(({ groupId }) => groupId)).toEqual([other]);
    expect(scene.bot.log.lines).toContainEqual(
      expect.objectContaining({ reconcile_failed: 1, reason: 'rejected' }),
    );
  });

  // Cause: each look at it was a failure, which is a page after a quarter of an hour.
  it('takes a conversation that was deleted for no failure', async () => {
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(conversationSid) ? refusal(404, 20404) : pass();
    await scene.runFor(HOUR);
    expect(scene.counted('reconcile_failed')).toBe(0);
    expect(scene.counted('reconcile_alive')).toBe(13);
  });

  it('comes back to a conversation that could not be read when Twilio is well again', async () => {
    await scene.write(conversationSid, 'one');
    await scene.hear();
    await scene.write(conversationSid, 'two');
    let fails = true;
    scene.bot.hooks.exchange = async (request, pass) =>
      fails && request.path.includes('/Messages') ? refusal(503, 20503) : pass();
    await scene.runFor(3 * HOUR);
    expect(scene.sent).toEqual([]);
    fails = false;
    expect(await next()).toBe(1);
  });

  // The account's key was wrong for hours, and the heartbeat went on.
  it('gives a sign of life only where it could list and write', async () => {
    const alive = () => scene.counted('reconcile_alive');
    expect(alive()).toBe(1);
    await next();
    expect(alive()).toBe(2);
    scene.bot.hooks.exchange = async () => refusal(401, 20003);
    await next();
    expect(alive()).toBe(2);
    scene.bot.hooks.exchange = (_, pass) => pass();
    scene.hooks.store = { put: () => Promise.reject(new Error('DynamoDB')) };
    await next();
    expect(alive()).toBe(2);
    scene.hooks.store = {};
    await next();
    expect(alive()).toBe(3);
  });

  it('gives no sign of life where every conversation it looked at failed', async () => {
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Messages') ? refusal(500, 20500) : pass();
    await next();
    expect(scene.counted('reconcile_alive')).toBe(1);
  });

  it('counts what it finds in many conversations at once', async () => {
    for (let n = 0; n < 20; n += 1) await scene.write(await scene.startConversation(), 'one');
    expect(await next()).toBe(20);
    expect(scene.counted('message_found')).toBe(20);
  });

  it('measures how many were due, how many it looked at, and how long the last of them waited', async () => {
    for (let n = 0; n < 6; n += 1) await scene.startConversation();
    await next();
    expect(['reconcile_due', 'reconcile_looked', 'reconcile_oldest_s'].map(scene.measured)).toEqual([
      7, 7, 300,
    ]);
  });

  // Twelve times an hour, until the customer wrote again.
  it('counts a second copy of a reply that nobody’s record knows, once, however often it looks', async () => {
    const sid = await scene.write(conversationSid, 'one');
    await scene.hear();
    const Attributes = JSON.stringify({ parley: { v: 1, in_reply_to: sid, part: '1/1' } });
    await scene.post(conversationSid, { Author: 'parley', Body: 'only', Attributes });
    await scene.runFor(HOUR);
    expect(scene.counted('duplicate_detected')).toBe(1);
  });
});

describe('the minutes between', () => {
  it('ask Twilio nothing, four times of five', async () => {
    await scene.startConversation();
    const asked: number[] = [];
    for (let minute = 1; minute <= 10; minute += 1) {
      const before = scene.bot.requests.length;
      await scene.runFor(MINUTE);
      asked.push(scene.bot.requests.length - before);
    }
    expect(asked.map((requests) => requests > 0)).toEqual([
      ...[false, false, false, false, true],
      ...[false, false, false, false, true],
    ]);
  });

  it('bring what the queue refused back to it', async () => {
    const message = { groupId: conversationSid, deduplicationId: 'onMessageAdded|IM1', body: '{}' };
    const { bot } = scene;
    const clock = { now: () => bot.time.now };
    const refusing = { send: () => Promise.reject(new Error('SQS')) };
    await spoolingQueue({ queue: refusing, store: bot.memory, clock, log: bot.log }).send(message);
    const before = bot.requests.length;
    await scene.runFor(MINUTE);
    expect(scene.sent).toEqual([message]);
    expect(bot.requests).toHaveLength(before);
  });

  it('look all the same when somebody asks for it, however young a message is', async () => {
    const sid = await scene.write(conversationSid, 'one');
    expect(await scene.run()).toBe(0);
    expect(await scene.run({ event: { look: 'now' } })).toBe(1);
    expect(scene.sent[0]?.deduplicationId).toBe(`onMessageAdded|${sid}`);
  });
});

describe('what counts as found', () => {
  const found = () => scene.counted('message_found');

  it('is a customer’s message, not what programs and agents post without webhooks', async () => {
    await scene.write(conversationSid, 'one');
    await scene.hear();
    await scene.post(conversationSid, { Author: 'archive', Body: 'a note' });
    await scene.bot.service.customer.join({ conversationSid, identity: 'agent-ana' });
    await scene.write(conversationSid, 'I take over', 'agent-ana');
    expect(await scene.runFor(5 * MINUTE, { settings: { AGENTS: 'agent-*' } })).toBe(2);
    expect(found()).toBe(0);
    await scene.write(conversationSid, 'two');
    expect(await scene.runFor(5 * MINUTE, { settings: { AGENTS: 'agent-*' } })).toBe(1);
    expect(found()).toBe(1);
  });

  it.each([
    ['too late', '60', 1],
    ['in time', '3600', 0],
  ])('is counted once more where it is found %s to be answered', async (_, REPLY_MAX_AGE_SECONDS, late) => {
    await scene.write(conversationSid, 'one');
    await scene.runFor(5 * MINUTE, { settings: { REPLY_MAX_AGE_SECONDS } });
    expect([found(), scene.counted('message_found_late')]).toEqual([1, late]);
  });

  it('is told of an agent by the role, too', async () => {
    const { customer } = scene.bot.service;
    const joined = await customer.join({ conversationSid, identity: 'ana' });
    await scene.write(conversationSid, 'I take over', 'ana');
    const AGENTS = String(joined['role_sid']);
    expect(AGENTS).toMatch(/^RL/);
    expect(await scene.runFor(5 * MINUTE, { settings: { AGENTS } })).toBe(1);
    expect(found()).toBe(0);
  });

  it('is counted when the role cannot be read', async () => {
    await scene.bot.service.customer.join({ conversationSid, identity: 'ana' });
    await scene.write(conversationSid, 'one', 'ana');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes('/Participants') ? refusal(500, 20500) : pass();
    await scene.runFor(5 * MINUTE, { settings: { AGENTS: `RL${'a'.repeat(32)}` } });
    expect(found()).toBe(1);
  });

  it('is counted and sent once, however often it is seen before it has a record', async () => {
    await scene.write(conversationSid, 'one');
    await scene.runFor(HOUR);
    expect(scene.sent).toHaveLength(1);
    expect(found()).toBe(1);
  });
});

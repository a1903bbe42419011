import { beforeEach, describe, expect, it } from 'vitest';
import { QUARTER_MS } from '../../lib/record/active.ts';
import { HOUR, MINUTE, refusal, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
});

const pages = (from: number) => scene.asked(from).filter((path) => /\/Conversations\?/.test(path));
const next = () => scene.runFor(5 * MINUTE);

describe('new conversations', () => {
  it('are listed as far as the newest that was known: one page a look', async () => {
    for (let n = 0; n < 250; n += 1) await scene.startConversation();
    let before = scene.bot.requests.length;
    await next();
    expect(pages(before)).toHaveLength(3);
    await scene.runFor(HOUR);
    before = scene.bot.requests.length;
    await scene.startConversation();
    await next();
    expect(pages(before)).toHaveLength(1);
  });

  // The newest one was new in each run, and would have been looked at for ever.
  it('are new once, however long none comes after them', async () => {
    await scene.startConversation();
    await scene.runFor(3 * HOUR);
    const before = scene.bot.requests.length;
    await scene.runFor(HOUR);
    expect(scene.asked(before).filter((path) => path.includes('/Messages'))).toEqual([]);
  });

  it('are marked once, though the next listing shows them again', async () => {
    const quarter = Math.ceil(scene.bot.time.now / QUARTER_MS) * QUARTER_MS;
    scene.bot.time.now = quarter + 14 * MINUTE;
    const sid = await scene.startConversation();
    scene.bot.time.now += 30_000;
    await scene.run();
    await next();
    const marks = scene.bot.memory.items().filter(([{ pk, sk }]) => pk.startsWith('active|') && sk === sid);
    expect(marks).toHaveLength(1);
  });

  it('that are listed a moment late are found all the same', async () => {
    const hidden = await scene.startConversation();
    await scene.write(hidden, 'one');
    scene.bot.time.now += 1_000;
    await scene.startConversation();
    scene.bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (!/\/Conversations\?/.test(request.path)) return response;
      const { conversations, meta } = JSON.parse(response.body);
      const shown = conversations.filter(({ sid }: { sid: string }) => sid !== hidden);
      return { ...response, body: JSON.stringify({ conversations: shown, meta }) };
    };
    expect(await next()).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await next()).toBe(1);
  });

  it('are read to the end where Twilio lists them in another order', async () => {
    for (let n = 0; n < 150; n += 1) {
      await scene.startConversation();
      scene.bot.time.now += 1_000;
    }
    await scene.write(await scene.startConversation(), 'one');
    scene.bot.hooks.exchange = async (request, pass) => {
      if (!/\/Conversations\?/.test(request.path)) return pass();
      const answer = await scene.bot.service.handle({
        method: 'GET',
        url: `https://conversations.twilio.com${request.path.replace(/StartDate=[^&]*&?/, '')}`,
        headers: request.headers,
        body: Buffer.alloc(0),
      });
      return { ...answer, body: Buffer.from(answer.body).toString('utf8') };
    };
    const before = scene.bot.requests.length;
    expect(await next()).toBe(1);
    expect(pages(before)).toHaveLength(2);
  });

  // 44,000 in the window: listing ate the run, and nothing was looked at.
  it('take at most a third of the time, and the rest of them the next run', async () => {
    for (let n = 0; n < 1_000; n += 1) await scene.startConversation();
    const known = await scene.startConversation();
    await scene.write(known, 'one');
    await scene.hear();
    await scene.write(known, 'two');
    // A page takes nine seconds, a look nothing.
    const timed = () => {
      const before = scene.bot.requests.length;
      return () => 100_000 - pages(before).length * 9_000;
    };
    scene.bot.time.now += 5 * MINUTE;
    let before = scene.bot.requests.length;
    expect(await scene.run({ remainingMs: timed() })).toBe(1);
    expect(pages(before)).toHaveLength(4);
    expect((await scene.state())?.services).toMatchObject({
      [`IS${'2'.repeat(32)}`]: { newest: { listing: {} } },
    });
    before = scene.bot.requests.length;
    for (let minute = 0; minute < 3; minute += 1) {
      scene.bot.time.now += MINUTE;
      await scene.run({ remainingMs: timed() });
    }
    expect(pages(before)).toHaveLength(7);
    await scene.runFor(6 * MINUTE);
    expect(scene.measured('reconcile_due')).toBe(1_001);
  });

  it('are not taken for known when one of them could not be marked', async () => {
    await scene.write(await scene.startConversation(), 'one');
    scene.hooks.store = {
      put: (key, item, expected) =>
        key.pk.startsWith('active|')
          ? Promise.reject(new Error('DynamoDB'))
          : scene.bot.memory.put(key, item, expected),
    };
    expect(await next()).toBe(0);
    expect(scene.counted('reconcile_alive')).toBe(1);
    scene.hooks.store = {};
    expect(await next()).toBe(1);
  });

  it('are not taken for known when listing fails', async () => {
    await scene.write(await scene.startConversation(), 'one');
    scene.bot.hooks.exchange = async (request, pass) =>
      /\/Conversations\?/.test(request.path) ? refusal(503, 20503) : pass();
    expect(await scene.runFor(10 * MINUTE)).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await next()).toBe(1);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, refusal, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
});

const lists = (from: number) => scene.asked(from).filter((path) => path.includes('/Messages?'));
const looked = (from: number) => lists(from).map((path) => path.split('/')[5]);

async function conversations(count: number): Promise<string[]> {
  const sids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const sid = await scene.startConversation();
    await scene.write(sid, 'one');
    sids.push(sid);
  }
  return sids;
}

/** Time for so many looks. */
function timeFor(looks: number): () => number {
  const before = scene.bot.requests.length;
  return () => (lists(before).length >= looks ? 9_999 : 120_000);
}

describe('a run that is out of time', () => {
  it('asks for nothing more, says so, and gives a sign of life all the same', async () => {
    await conversations(3);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.bot.requests.length;
    expect(await scene.run({ remainingMs: () => 9_999 })).toBe(0);
    expect(lists(before)).toEqual([]);
    expect(scene.counted('reconcile_unfinished')).toBe(1);
    expect(scene.counted('reconcile_alive')).toBe(2);
  });

  it('leaves the rest to the run of the next minute, and each conversation has its turn once', async () => {
    const all = await conversations(40);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.bot.requests.length;
    for (let run = 0; run < 4; run += 1) {
      await scene.run({ remainingMs: timeFor(10) });
      scene.bot.time.now += MINUTE;
    }
    expect(looked(before).toSorted()).toEqual(all.toSorted());
    expect(scene.sent).toHaveLength(40);
    expect(scene.counted('reconcile_unfinished')).toBe(3);
  });

  // Cause: only the run that began a round gave one, and a round of more than a quarter of an hour was a page.
  it('gives signs of life in each minute in which it looks, however long the round takes', async () => {
    await conversations(300);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.counted('reconcile_alive');
    for (let run = 0; run < 20; run += 1) {
      await scene.run({ remainingMs: timeFor(2) });
      scene.bot.time.now += MINUTE;
    }
    expect(scene.counted('reconcile_unfinished')).toBe(20);
    expect(scene.counted('reconcile_alive') - before).toBe(20);
  });

  it('gives none in the minutes in which every look fails', async () => {
    await conversations(60);
    scene.bot.time.now += 5 * MINUTE;
    await scene.run({ remainingMs: timeFor(2) });
    const before = scene.counted('reconcile_alive');
    scene.bot.hooks.exchange = async ({ path }, pass) =>
      path.includes('/Messages?') ? refusal(500, 20500) : pass();
    await scene.runFor(2 * MINUTE);
    expect(scene.counted('reconcile_unfinished')).toBeGreaterThan(1);
    expect(scene.counted('reconcile_alive')).toBe(before);
  });

  it('does not begin with what has become active since, and never comes to the end', async () => {
    const all = await conversations(30);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.bot.requests.length;
    for (let run = 0; run < 12; run += 1) {
      await scene.run({ remainingMs: timeFor(10) });
      await scene.answer();
      scene.bot.time.now += MINUTE;
      await scene.write(await scene.startConversation(), 'one');
    }
    expect(all.filter((sid) => !looked(before).includes(sid))).toEqual([]);
  });

  it('in the middle of a long conversation begins with it the next time', async () => {
    const [sid = ''] = await conversations(1);
    for (let n = 0; n < 350; n += 1) await scene.write(sid, `silence ${n}`);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.bot.requests.length;
    expect(await scene.run({ remainingMs: timeFor(2) })).toBe(0);
    expect(lists(before)).toHaveLength(2);
    scene.bot.time.now += MINUTE;
    expect(await scene.run()).toBe(351);
  });
});

describe('a look that somebody asks for', () => {
  it('begins a round of its own, though one is not finished', async () => {
    const all = await conversations(30);
    scene.bot.time.now += 5 * MINUTE;
    await scene.run({ remainingMs: timeFor(10) });
    scene.bot.time.now += 2 * MINUTE;
    const late = await scene.startConversation();
    await scene.write(late, 'one');
    await scene.run({ event: { look: 'now' } });
    const found = new Set(scene.sent.map(({ groupId }) => groupId));
    expect([...all, late].filter((sid) => !found.has(sid))).toEqual([]);
    expect((await scene.state())?.round).toBeUndefined();
  });
});

describe('two runs', () => {
  it('do not look at once: the second brings back what is spooled, and no more', async () => {
    await conversations(5);
    scene.bot.time.now += 5 * MINUTE;
    const before = scene.bot.requests.length;
    const [first, second] = await Promise.all([scene.run(), scene.run()]);
    expect([first, second].toSorted()).toEqual([0, 5]);
    expect(lists(before)).toHaveLength(5);
    expect(scene.sent).toHaveLength(5);
  });

  it('look one after another when the first has died: the second waits for its time to be over', async () => {
    await conversations(5);
    scene.bot.time.now += 5 * MINUTE;
    scene.bot.hooks.exchange = () => new Promise(() => undefined);
    void scene.run();
    await new Promise(setImmediate);
    scene.bot.hooks.exchange = (_, pass) => pass();
    scene.bot.time.now += MINUTE;
    expect(await scene.run()).toBe(0);
    scene.bot.time.now += 1.5 * MINUTE;
    expect(await scene.run()).toBe(5);
  });

  it('do not wait for each other where somebody asks for a look now', async () => {
    await conversations(5);
    scene.bot.time.now += 5 * MINUTE;
    scene.bot.hooks.exchange = () => new Promise(() => undefined);
    void scene.run();
    await new Promise(setImmediate);
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await scene.run({ event: { look: 'now' } })).toBe(5);
  });

  it('stay correct when the first stood still and goes on: what it saves is not taken', async () => {
    await conversations(5);
    scene.bot.time.now += 5 * MINUTE;
    const { promise: stood, resolve: goOn } = Promise.withResolvers<void>();
    scene.bot.hooks.exchange = async (_, pass) => {
      await stood;
      return pass();
    };
    const first = scene.run();
    await new Promise(setImmediate);
    scene.bot.hooks.exchange = (_, pass) => pass();
    scene.bot.time.now += 2.5 * MINUTE;
    expect(await scene.run()).toBe(5);
    const state = await scene.state();
    const alive = scene.counted('reconcile_alive');
    goOn();
    expect(await first).toBe(0);
    expect(await scene.state()).toEqual(state);
    expect(scene.counted('reconcile_alive')).toBe(alive);
    expect(scene.sent).toHaveLength(5);
  });

  it('are apart again after one that failed: it gives its turn back', async () => {
    await conversations(5);
    scene.bot.time.now += 5 * MINUTE;
    scene.hooks.store = { list: () => Promise.reject(new Error('DynamoDB')) };
    expect(await scene.run()).toBe(0);
    scene.hooks.store = {};
    scene.bot.time.now += MINUTE;
    expect(await scene.run()).toBe(5);
  });
});

describe('a reconciler that stood still for hours', () => {
  it('looks at everything that came due meanwhile', async () => {
    const [sid = ''] = await conversations(1);
    await scene.runFor(10 * MINUTE);
    await scene.answer();
    scene.bot.time.now += HOUR;
    await scene.write(sid, 'two');
    scene.bot.time.now += 8 * HOUR;
    expect(await scene.run()).toBe(1);
  });

  // What had been marked a day before was forgotten after an hour.
  it.each([20, 80, 150, 23 * 60])(
    'makes up for the look after 24 hours where no run came for %i minutes',
    async (minutes) => {
      const [sid = ''] = await conversations(1);
      await scene.hear();
      await scene.runFor(20 * HOUR);
      await scene.write(sid, 'two');
      await scene.runFor(4 * HOUR - 10 * MINUTE);
      scene.bot.time.now += minutes * MINUTE;
      expect(await scene.runFor(2 * HOUR)).toBe(1);
    },
  );

  it('makes up for the look after 24 hours where the table failed meanwhile', async () => {
    const [sid = ''] = await conversations(1);
    await scene.hear();
    await scene.runFor(20 * HOUR);
    await scene.write(sid, 'two');
    await scene.runFor(4 * HOUR - 10 * MINUTE);
    const fail = () => Promise.reject(new Error('DynamoDB'));
    scene.hooks.store = { get: fail, put: fail, list: fail, remove: fail };
    await scene.runFor(90 * MINUTE);
    scene.hooks.store = {};
    expect(await scene.runFor(2 * HOUR)).toBe(1);
  });
});

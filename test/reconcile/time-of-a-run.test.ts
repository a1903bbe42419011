import { beforeEach, describe, expect, it } from 'vitest';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { markActive } from '../../lib/record/active.ts';
import { LOOKS_KEY } from '../../lib/record/keys.ts';
import { HOUR, MINUTE, type Scene, SERVICE_SID, startScene } from './scene.ts';

const RUN_MS = 120_000;

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
});

/** An outage of SQS that is over. */
async function spool(count: number) {
  const { bot } = scene;
  const queue = { send: () => Promise.reject(new Error('SQS')) };
  const spooling = spoolingQueue({
    queue,
    store: bot.memory,
    clock: { now: () => bot.time.now },
    log: bot.log,
  });
  for (let n = 0; n < count; n += 1) {
    await spooling.send({ groupId: `CH${n}`, deduplicationId: `onMessageAdded|IM${n}`, body: '{}' });
  }
}

describe('the spool', () => {
  // It was swept until the run was over, and nobody looked for anything until it was empty.
  it.each([100, 3_000])('of %i events leaves time for the looks', async (count) => {
    const conversationSid = await scene.startConversation();
    await scene.write(conversationSid, 'one');
    await scene.hear();
    await spool(count);
    await scene.write(conversationSid, 'echo x');
    const unknown = await scene.startConversation();
    await scene.write(unknown, 'one');
    let elapsed = 0;
    scene.hooks.send = async (message) => {
      if (message.body === '{}') elapsed += 500;
      else scene.sent.push(message);
    };
    for (let minute = 0; minute < 7; minute += 1) {
      scene.bot.time.now += MINUTE;
      elapsed = 0;
      await scene.run({ remainingMs: () => RUN_MS - elapsed });
    }
    expect(scene.sent.map(({ groupId }) => groupId).toSorted()).toEqual(
      [conversationSid, unknown].toSorted(),
    );
  });
});

/** So many were active in the quarter of an hour that is an hour ago, and nobody looks again until `now`. */
async function activeAnHourAgo(count: number) {
  const { bot } = scene;
  const at = bot.time.now;
  for (let n = 0; n < count; n += 1) {
    const conversationSid = `CH${n.toString(16).padStart(32, '0')}`;
    const address = { serviceSid: SERVICE_SID, conversationSid };
    await markActive({ store: bot.memory, clock: { now: () => at } }, address, at + 1);
  }
  bot.time.now = at + HOUR + 2 * MINUTE;
  const looks = await bot.memory.get(LOOKS_KEY);
  const value = { ...(await scene.state()), lookedAt: at + HOUR - 3 * MINUTE };
  await bot.memory.put(LOOKS_KEY, { version: 99, expiresAt: 2e9, value }, looks?.version);
}

describe('what is due', () => {
  // Their items were read before the first look, however long that took, and each run died of it.
  it('is looked at as far as time goes where the table is slow, the freshest first, and the rest by the next runs', async () => {
    await activeAnHourAgo(3_000);
    const fresh = await scene.startConversation();
    await scene.write(fresh, 'one');
    scene.bot.time.now += 2 * MINUTE;
    let elapsed = 0;
    // Ten are read at once, half a second each.
    scene.hooks.store = {
      get: (key) => {
        elapsed += 50;
        return scene.bot.memory.get(key);
      },
    };
    const times: number[] = [];
    for (let minute = 0; minute < 7; minute += 1) {
      scene.bot.time.now += MINUTE;
      elapsed = 0;
      await scene.run({ remainingMs: () => RUN_MS - elapsed });
      times.push(elapsed);
    }
    expect(Math.max(...times)).toBeLessThan(RUN_MS);
    expect(scene.sent.map(({ groupId }) => groupId)).toEqual([fresh]);
    expect(scene.counted('reconcile_unfinished')).toBeGreaterThan(0);
    expect((await scene.state())?.round).toBeUndefined();
  });
});

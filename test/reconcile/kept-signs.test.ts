import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../lib/ports.ts';
import { spoolingQueue } from '../../lib/queue/spool.ts';
import { LOSS } from '../../lib/record/keys.ts';
import { HOUR, MINUTE, type Scene, startScene } from './scene.ts';

const ALARM = { event: { source: 'aws.cloudwatch', alarmData: { state: { value: 'ALARM' } } } };
const EVERYWHERE = { event: { look: 'everywhere' } };
let scene: Scene;
let old: string;

/** In a conversation of two days ago, of which nothing is known, a message is lost. */
beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  old = await scene.startConversation();
  await scene.runFor(5 * MINUTE);
  scene.bot.time.now += 48 * HOUR;
  await scene.runFor(10 * MINUTE);
  await scene.write(old, 'one');
});

/** SQS refuses events of these conversations, and the table keeps them. */
async function spool(...groupIds: string[]): Promise<void> {
  const { memory: store, log, time } = scene.bot;
  const refusing = { send: () => Promise.reject(new Error('SQS')) };
  const spooling = spoolingQueue({ queue: refusing, store, clock: { now: () => time.now }, log });
  for (const groupId of groupIds) {
    await spooling.send({ groupId, deduplicationId: 'onMessageAdded|IM1', body: '{}' });
  }
}

/** The table refuses so many signs. */
function refuseSigns(times: number): void {
  let refused = 0;
  const put: Store['put'] = (key, item, expected) => {
    if (key.pk !== LOSS || refused >= times) return scene.bot.memory.put(key, item, expected);
    refused += 1;
    return Promise.reject(new Error('DynamoDB'));
  };
  scene.hooks.store = { put };
}
const signs = () => scene.bot.log.lines.flatMap((line) => ('wide_look' in line ? [line['reason']] : []));

// Cause: the events were gone from the spool before the sign was left.
describe('that the spool was used', () => {
  it.each([1, 2])('is a sign of loss, though the table refuses to note it %i times', async (times) => {
    await spool(old);
    refuseSigns(times);
    expect(await scene.runFor(HOUR)).toBe(1);
    expect(signs()).toEqual(['spool']);
  });

  it('is a sign of loss, though the run dies where it notes it', async () => {
    await spool(old);
    scene.hooks.store = { put: () => new Promise(() => undefined) };
    void scene.run();
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.sent).toHaveLength(1);
    scene.hooks.store = {};
    expect(await scene.runFor(HOUR)).toBe(1);
    expect(signs()).toEqual(['spool']);
  });

  it('is noted once, however many events come back', async () => {
    await spool(old, ...Array.from({ length: 20 }, (_, n) => `CH${n}`));
    const noted: string[] = [];
    scene.hooks.store = {
      put: (key, item, expected) => {
        if (key.pk === LOSS) noted.push(key.sk);
        return scene.bot.memory.put(key, item, expected);
      },
    };
    await scene.runFor(MINUTE);
    expect(scene.sent).toHaveLength(21);
    expect(noted).toHaveLength(1);
  });

  it('is not noted where nothing waits there', async () => {
    await scene.runFor(HOUR);
    expect(signs()).toEqual([]);
  });
});

// Cause: its run was not repeated, and swallowed that the sign could not be left.
describe('an alarm', () => {
  it.each([1, 2])('is a sign of loss, though the table refuses to note it %i times', async (times) => {
    refuseSigns(times);
    await scene.run(ALARM);
    expect(await scene.runFor(HOUR)).toBe(1);
    expect(signs()).toEqual(['alarm']);
  });

  it('fails where it cannot be noted at all, so that Lambda repeats it', async () => {
    refuseSigns(9);
    await expect(scene.run(ALARM)).rejects.toThrow('DynamoDB');
    scene.hooks.store = {};
    await scene.run(ALARM);
    expect(await scene.runFor(HOUR)).toBe(1);
  });
});

// Cause: the turn was given back as it was taken, without what it was taken for.
describe('a wide look that somebody asks for', () => {
  it('is begun by the next run, though this one broke', async () => {
    scene.hooks.store = {
      list: (pk, limit) =>
        pk === LOSS ? Promise.reject(new Error('DynamoDB')) : scene.bot.memory.list(pk, limit),
    };
    expect(await scene.run(EVERYWHERE)).toBe(0);
    expect((await scene.state())?.signs).toEqual(['asked']);
    scene.hooks.store = {};
    expect(await scene.runFor(6 * MINUTE)).toBe(1);
  });

  it('is begun by a later run, though this one died', async () => {
    scene.bot.hooks.exchange = () => new Promise(() => undefined);
    void scene.run(EVERYWHERE);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    scene.bot.hooks.exchange = (_, pass) => pass();
    expect(await scene.runFor(10 * MINUTE)).toBe(1);
    expect(signs()).toEqual(['asked']);
  });
});

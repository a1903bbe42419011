import { beforeEach, describe, expect, it } from 'vitest';
import type { Key } from '../../lib/ports.ts';
import { conversationKey } from '../../lib/record/keys.ts';
import { HOUR, MINUTE, type Scene, startScene } from './scene.ts';

/** What somebody may have written by hand; null is what the store makes of data that is not JSON. */
const DAMAGED = [null, 'x', 7, [], {}, { activeAt: 'x', at: 'x' }, { activeAt: null, at: null }];

let scene: Scene;
let damaged: string;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  damaged = await scene.startConversation();
  await scene.write(damaged, 'one');
  await scene.hear();
});

async function overwrite(key: Key, value: unknown) {
  const item = await scene.bot.memory.get(key);
  const expiresAt = scene.bot.time.now / 1000 + 30 * 86_400;
  await scene.bot.memory.put(key, { version: 99, expiresAt, value }, item?.version);
}

async function loseElsewhere(): Promise<string> {
  const other = await scene.startConversation();
  await scene.runFor(5 * MINUTE);
  await scene.write(other, 'one');
  return other;
}

// What was null stopped the reading of all that is due, so nothing was looked at for a day.
describe.each(DAMAGED.map((value) => ({ value })))(
  'where somebody has damaged an item ($value)',
  ({ value }) => {
    it('of a conversation, what is lost in the others is found', async () => {
      await overwrite(conversationKey(damaged), value);
      await scene.runFor(HOUR + 10 * MINUTE);
      const other = await loseElsewhere();
      await scene.runFor(20 * MINUTE);
      expect(scene.sent.map(({ groupId }) => groupId)).toEqual([other]);
    });

    it('that marks a conversation as active, what is lost there and in the others is found', async () => {
      const marks = scene.bot.memory
        .items()
        .filter(([{ pk, sk }]) => pk.startsWith('active|') && sk === damaged);
      expect(marks).not.toEqual([]);
      for (const [key] of marks) await overwrite(key, value);
      await scene.write(damaged, 'echo x');
      const other = await loseElsewhere();
      await scene.runFor(20 * MINUTE);
      expect(scene.sent.map(({ groupId }) => groupId).toSorted()).toEqual([damaged, other].toSorted());
    });
  },
);

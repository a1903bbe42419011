import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE, type Scene, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  await scene.write(await scene.startConversation(), 'one');
});

const counted = () => [scene.counted('message_found'), scene.counted('record_taken_up')];

describe('a customer’s message that was found is counted as found', () => {
  // Its record was looked for once it was on the queue, and passed for one that the queue had lost.
  it('where reply has answered it before anybody could look', async () => {
    scene.hooks.send = async ({ body }) => {
      await scene.bot.deliver(body);
    };
    expect(await scene.runFor(5 * MINUTE)).toBe(1);
    expect(scene.bot.creates()).toHaveLength(1);
    expect(counted()).toEqual([1, 0]);
  });

  it('where the table refuses to note that it was put on the queue', async () => {
    let refused = 0;
    scene.hooks.store = {
      put: (key, item, expected) =>
        key.sk.startsWith('found|') && refused++ === 0
          ? Promise.reject(new Error('DynamoDB'))
          : scene.bot.memory.put(key, item, expected),
    };
    await scene.runFor(5 * MINUTE);
    await scene.answer();
    await scene.runFor(20 * MINUTE);
    expect(scene.bot.creates()).toHaveLength(1);
    expect(counted()).toEqual([1, 0]);
  });
});

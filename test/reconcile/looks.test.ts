import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, refusal, type Scene, SERVICE_SID, startScene } from './scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  await scene.run();
});

/** A conversation in which a message was just answered. */
async function answered(): Promise<string> {
  const conversationSid = await scene.startConversation();
  await scene.write(conversationSid, 'one');
  await scene.hear();
  return conversationSid;
}

const messageLists = (from: number) => scene.asked(from).filter((path) => path.includes('/Messages?'));

describe('a message that is lost', () => {
  it.each([0, 7, 23, 58])(
    '%i minutes after known activity is found within seven minutes',
    async (minutes) => {
      const conversationSid = await answered();
      await scene.runFor(minutes * MINUTE);
      await scene.write(conversationSid, 'two');
      expect(await scene.runFor(7 * MINUTE)).toBe(1);
    },
  );

  it.each([
    [90, 2],
    [3 * 60, 6],
    [20 * 60, 24],
  ])('%i minutes after it is found %i hours after it', async (minutes, hours) => {
    const conversationSid = await answered();
    await scene.runFor(minutes * MINUTE);
    await scene.write(conversationSid, 'two');
    const left = hours * HOUR - minutes * MINUTE;
    expect(await scene.runFor(left - MINUTE)).toBe(0);
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
  });

  it('later than that is found by the customer’s next message', async () => {
    const conversationSid = await answered();
    await scene.runFor(26 * HOUR);
    await scene.write(conversationSid, 'two');
    expect(await scene.runFor(HOUR)).toBe(0);
    await scene.write(conversationSid, 'one');
    await scene.hear();
    expect(scene.bot.creates()).toHaveLength(4);
  });

  it('at the beginning of a conversation of which nothing is known is found within seven minutes', async () => {
    await scene.runFor(3 * MINUTE);
    await scene.write(await scene.startConversation(), 'one');
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
  });

  it('first in a conversation that began half an hour ago is found within seven minutes', async () => {
    const conversationSid = await scene.startConversation();
    await scene.runFor(30 * MINUTE);
    await scene.write(conversationSid, 'one');
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
  });
});

describe('a look', () => {
  it('asks for a page of five first, and for one of a hundred only where that is not enough', async () => {
    const conversationSid = await answered();
    await scene.runFor(5 * MINUTE);
    for (let n = 0; n < 4; n += 1) await scene.write(conversationSid, `echo ${n}`);
    let before = scene.bot.requests.length;
    expect(await scene.runFor(5 * MINUTE)).toBe(4);
    expect(
      messageLists(before).map((path) => new URL(path, 'https://x').searchParams.get('PageSize')),
    ).toEqual(['5']);
    await scene.answer();
    for (let n = 0; n < 120; n += 1) await scene.write(conversationSid, `silence ${n}`);
    before = scene.bot.requests.length;
    expect(await scene.runFor(5 * MINUTE)).toBe(120);
    const sizes = messageLists(before).map((path) => new URL(path, 'https://x').searchParams.get('PageSize'));
    expect(sizes).toEqual(['5', '100', '100']);
  });

  it('comes to the conversation that was active last before the others', async () => {
    const conversations: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      conversations.push(await answered());
      scene.bot.time.now += MINUTE;
    }
    const before = scene.bot.requests.length;
    await scene.runFor(5 * MINUTE);
    const looked = messageLists(before).map((path) => path.split('/')[5]);
    expect(looked.slice(0, 10).toSorted()).toEqual(conversations.slice(2).toSorted());
    expect(looked.slice(10).toSorted()).toEqual(conversations.slice(0, 2).toSorted());
  });

  it('of a conversation that has been deleted is over, and is not taken again', async () => {
    const conversationSid = await answered();
    scene.bot.hooks.exchange = async (request, pass) =>
      request.path.includes(conversationSid) ? refusal(404, 20404) : pass();
    await scene.runFor(3 * HOUR);
    const before = scene.bot.requests.length;
    await scene.runFor(HOUR);
    expect(messageLists(before)).toEqual([]);
  });
});

describe('after an update', () => {
  it('what the version before marked as active is looked at for a day', async () => {
    const conversationSid = await answered();
    // As the version before keeps it: by the hour, and without a time.
    for (const [key, { version }] of scene.bot.memory.items()) {
      if (key.pk.startsWith('active|') || key.sk === 'looks') await scene.bot.memory.remove(key, version);
    }
    const hour = new Date(scene.bot.time.now).toISOString().slice(0, 13);
    const expiresAt = scene.bot.time.now / 1000 + 25 * 3_600;
    const key = { pk: `active|${SERVICE_SID}|${hour}`, sk: conversationSid };
    await scene.bot.memory.put(key, { version: 1, expiresAt, value: {} }, undefined);
    // The wide look of the deployment is over before it is lost.
    await scene.runFor(10 * MINUTE);
    expect(scene.counted('wide_look')).toBe(1);
    await scene.write(conversationSid, 'two');
    expect(await scene.runFor(7 * MINUTE)).toBe(1);
  });
});

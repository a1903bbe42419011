import { beforeEach, describe, expect, it } from 'vitest';
import { messageAddedFrom } from '../../lib/history/message-event.ts';
import type { MessageRecord } from '../../lib/record/message-record.ts';
import { HOUR, MINUTE, type Scene, startScene } from './scene.ts';

let scene: Scene;
let conversationSid: string;
let sid: string;

/** A message was decided, Twilio takes no reply, and the queue gives up. */
beforeEach(async () => {
  scene = await startScene();
  await scene.run();
  conversationSid = await scene.startConversation();
  sid = await scene.write(conversationSid, 'one');
  scene.bot.hooks.exchange = async (request, pass) =>
    request.method === 'POST' ? { status: 503, headers: {}, body: '' } : pass();
  await scene.hear();
  expect((await record())?.finished).toBeUndefined();
});

const record = async () =>
  (await scene.bot.memory.get<MessageRecord>({ pk: conversationSid, sk: `onMessageAdded|${sid}` }))?.value;

describe('a record in flight', () => {
  it('is left alone while the queue may still bring its message', async () => {
    expect(await scene.runFor(11 * HOUR)).toBe(0);
    expect(scene.sent).toEqual([]);
  });

  // A dead letter: nothing ever took it up, and the customer's words stayed for 30 days.
  it('is put on the queue under its key when the queue cannot have its message any more', async () => {
    expect(await scene.runFor(26 * HOUR)).toBe(1);
    expect(scene.sent).toMatchObject([
      { groupId: conversationSid, deduplicationId: `onMessageAdded|${sid}` },
    ]);
    expect(scene.counted('record_taken_up')).toBe(1);
    expect(scene.counted('message_found')).toBe(0);
    scene.bot.hooks.exchange = (_, pass) => pass();
    await scene.answer();
    expect((await record())?.finished).toBeDefined();
  });

  it('is taken up in a conversation that had been quiet for days', async () => {
    scene.bot.hooks.exchange = (_, pass) => pass();
    await scene.answer();
    await scene.runFor(6 * MINUTE);
    scene.bot.time.now += 48 * HOUR;
    await scene.runFor(6 * MINUTE);
    sid = await scene.write(conversationSid, 'two');
    scene.bot.hooks.exchange = async (request, pass) =>
      request.method === 'POST' ? { status: 503, headers: {}, body: '' } : pass();
    for (let count = 1; count <= 2; count += 1) await scene.bot.deliver(scene.bot.envelope(), count);
    await scene.runFor(26 * HOUR);
    expect(scene.sent.map(({ deduplicationId }) => deduplicationId)).toContain(`onMessageAdded|${sid}`);
  });

  it('is taken up by looks that come one after another once in twelve hours', async () => {
    await scene.runFor(13 * HOUR);
    for (let n = 0; n < 60; n += 1) {
      scene.bot.time.now += 10 * MINUTE;
      await scene.run({ event: { look: 'everywhere' } });
    }
    expect(scene.counted('record_taken_up')).toBe(1);
    scene.bot.time.now += 3 * HOUR;
    await scene.run({ event: { look: 'everywhere' } });
    expect(scene.counted('record_taken_up')).toBe(2);
  });

  // Begun in a gap that killed the process three times: for twelve hours half of its answer was there.
  it('is put on the queue after minutes where the conversation has moved on without it', async () => {
    const moved = await scene.write(conversationSid, 'two');
    await scene.hear();
    const key = { pk: conversationSid, sk: `onMessageAdded|${moved}` };
    const stored = await scene.bot.memory.get<MessageRecord>(key);
    const finished = { outcome: 'replied' as const, at: scene.bot.time.now };
    const value = { v: 1, eventType: 'onMessageAdded', receivedAt: finished.at, parts: [], finished };
    await scene.bot.memory.put(
      key,
      { version: 9, expiresAt: finished.at + 24 * HOUR, value },
      stored?.version,
    );
    expect(await scene.runFor(12 * MINUTE)).toBe(1);
    expect(scene.sent.map(({ deduplicationId }) => deduplicationId)).toEqual([`onMessageAdded|${sid}`]);
    expect(await scene.runFor(2 * HOUR)).toBe(0);
  });

  it('of a newer version is left alone', async () => {
    const key = { pk: conversationSid, sk: `onMessageAdded|${sid}` };
    const stored = await scene.bot.memory.get<MessageRecord>(key);
    const newer = { ...stored?.value, v: 99 };
    const item = { version: 9, expiresAt: stored?.expiresAt ?? 0, value: newer };
    await scene.bot.memory.put(key, item, stored?.version);
    expect(await scene.runFor(26 * HOUR)).toBe(0);
  });
});

describe('a message that the queue refuses', () => {
  it('is found again at the next look', async () => {
    await scene.write(conversationSid, 'two');
    const { send } = scene.hooks;
    scene.hooks.send = () => Promise.reject(new Error('SQS'));
    expect(await scene.runFor(10 * MINUTE)).toBe(0);
    scene.hooks.send = send;
    expect(await scene.runFor(6 * MINUTE)).toBe(1);
    expect(scene.counted('message_found')).toBe(1);
  });
});

describe('what reply would not open', () => {
  // It was queued every five minutes for ever, and never got a record.
  it('is not put on the queue, is counted once, and holds up nothing behind it', async () => {
    const broken = await scene.write(conversationSid, 'two');
    const behind = await scene.write(conversationSid, 'one');
    scene.bot.hooks.exchange = async (request, pass) => {
      const response = await pass();
      if (!request.path.includes('/Messages?')) return response;
      const { messages, ...rest } = JSON.parse(response.body);
      const spoilt = messages.map((message: { sid: string }) =>
        message.sid === broken ? { ...message, date_created: 'yesterday' } : message,
      );
      return { ...response, body: JSON.stringify({ messages: spoilt, ...rest }) };
    };
    await scene.runFor(HOUR);
    const found = scene.sent.map(({ deduplicationId }) => deduplicationId);
    expect(found).toEqual([`onMessageAdded|${behind}`]);
  });

  it('of which Twilio names no author is the system’s', () => {
    const message = { sid: 'IM1', index: 0, author: '', participant_sid: null } as never;
    expect(messageAddedFrom(message, 'AC1', { serviceSid: 'IS1', conversationSid: 'CH1' }).Author).toBe(
      'system',
    );
  });
});

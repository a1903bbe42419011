import { describe, expect, it } from 'vitest';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import { foundKey, saveNext } from '../../lib/record/keys.ts';
import { type MessageRecord, RECORD_VERSION } from '../../lib/record/message-record.ts';
import { ADDRESS, AT, ago, keyOf, message, sidOf, startLook } from './look-scene.ts';

const HOUR = 3_600_000;

describe('a look', () => {
  it('puts a message without a record on the queue, under the key of its webhook', async () => {
    const { look, sent } = startLook([message(7, { body: 'hello' })]);
    expect(await look()).toBe(1);
    expect(sent).toMatchObject([{ groupId: ADDRESS.conversationSid, deduplicationId: keyOf(7) }]);
    expect(openEnvelope(sent[0]?.body ?? '')).toMatchObject({
      event: { MessageSid: sidOf(7), Index: 7, Body: 'hello', AccountSid: `AC${'3'.repeat(32)}` },
      address: ADDRESS,
      receivedAt: AT,
      found: true,
    });
  });

  it('puts several on the queue in the order in which they were written, and says how many', async () => {
    const { look, queued } = startLook([message(0), message(1), message(2)]);
    expect(await look()).toBe(3);
    expect(queued()).toEqual([keyOf(0), keyOf(1), keyOf(2)]);
  });

  it('takes what was written before the mark of the service for history', async () => {
    const { look, queued } = startLook([message(0, { date_created: ago(2 * HOUR) }), message(1)]);
    expect(await look({ since: AT - HOUR })).toBe(1);
    expect(queued()).toEqual([keyOf(1)]);
  });

  it('begins behind what is accounted for', async () => {
    const { look, know, queued } = startLook([message(0), message(1), message(2)]);
    await know({ accounted: 0, own: [2] });
    expect(await look()).toBe(1);
    expect(queued()).toEqual([keyOf(1)]);
  });

  it.each([
    ['schedule', 59_999, 0],
    ['alarm', 59_999, 0],
    ['schedule', 60_000, 1],
    ['now', 59_999, 1],
    ['everywhere', 0, 1],
    ['now', 60_000, 1],
  ] as const)(
    'for the reason %j puts a message %i ms old on the queue %i times',
    async (asked, age, found) => {
      const { look } = startLook([message(0, { date_created: ago(age) })], { asked });
      expect(await look()).toBe(found);
    },
  );
});

describe('a conversation is marked as active, to be looked at again soon,', () => {
  it('where a message is too young', async () => {
    const { look, isMarkedActive } = startLook([message(0, { date_created: ago(1_000) })]);
    await look();
    expect(isMarkedActive()).toBe(true);
  });

  it('before what is lost is put on the queue, which may be in vain', async () => {
    const send = () => Promise.reject(new Error('SQS'));
    const { look, isMarkedActive } = startLook([message(0)], { queue: { send } });
    await expect(look()).rejects.toThrow('SQS');
    expect(isMarkedActive()).toBe(true);
  });

  it('but not where everything is in hand', async () => {
    const { look, record, isMarkedActive } = startLook([message(0)]);
    await record(0);
    expect(await look()).toBe(0);
    expect(isMarkedActive()).toBe(false);
  });

  it('but not where there is nothing', async () => {
    const { look, isMarkedActive } = startLook([]);
    expect(await look()).toBe(0);
    expect(isMarkedActive()).toBe(false);
  });
});

describe('a message with a record', () => {
  const finished = { outcome: 'replied', at: AT - 13 * HOUR } as const;

  it.each<[found: number, why: string, record: Partial<MessageRecord>]>([
    [0, 'has come to its outcome', { receivedAt: AT - 14 * HOUR, finished }],
    [0, 'has been in flight for less than twelve hours', { receivedAt: AT - 12 * HOUR + 1 }],
    [1, 'has been in flight for twelve hours', { receivedAt: AT - 12 * HOUR }],
    [1, 'is of the newest version that is known', { receivedAt: AT - 13 * HOUR, v: RECORD_VERSION }],
    [0, 'is of a newer version', { receivedAt: AT - 13 * HOUR, v: (RECORD_VERSION + 1) as 3 }],
  ])('is put on the queue %i times where it %s', async (found, _, known) => {
    const { look, record } = startLook([message(0)]);
    await record(0, known);
    expect(await look()).toBe(found);
  });

  it.each([
    [0, 180_000],
    [1, 180_001],
  ])('is put on the queue %i times where one behind it ended %i ms ago', async (found, ms) => {
    const { look, record, queued } = startLook([message(0), message(1)]);
    await record(0);
    await record(1, { finished: { outcome: 'replied', at: AT - ms } });
    expect(await look()).toBe(found);
    expect(queued()).toEqual([keyOf(0)].slice(0, found));
  });

  it('is left alone where only those before it have ended', async () => {
    const { look, record } = startLook([message(0), message(1), message(2)]);
    await record(0, { finished });
    await record(1);
    await record(2);
    expect(await look()).toBe(0);
  });
});

describe('a message that was found', () => {
  it('is left alone as long as that is remembered', async () => {
    const { look, store, record, isMarkedActive } = startLook([message(0), message(1)]);
    const clock = { now: () => AT };
    for (const index of [0, 1]) {
      const key = foundKey(ADDRESS.conversationSid, keyOf(index));
      await saveNext({ store, clock }, { key, value: {}, lifetime: 'found' }, undefined);
    }
    await record(1, { receivedAt: AT - 13 * HOUR });
    expect(await look()).toBe(0);
    expect(isMarkedActive()).toBe(false);
  });
});

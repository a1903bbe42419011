import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QueueMessageRefusedError } from '../../lib/aws/queue-message-refused-error.ts';
import type { Queue } from '../../lib/ports.ts';

/** A Queue with the event source mapping's end of it, for looking at what was sent. */
export interface QueueUnderTest {
  readonly queue: Queue & { postpone(receiptHandle: string, seconds: number): Promise<void> };
  /** Everything visible now. */
  receive(): Promise<readonly Received[]>;
  remove(receiptHandle: string): Promise<void>;
  /** Lets the visibility timeout of every message in flight end. */
  expireVisibility(): Promise<void>;
  deadLetters(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface Received {
  readonly body: string;
  readonly groupId: string;
  readonly receiptHandle: string;
  readonly receiveCount: number;
}

/** What every Queue keeps. `open` gives an empty one that delivers a message at most `maxReceiveCount` times. */
export function describeQueue(
  name: string,
  open: (options: { maxReceiveCount: number }) => Promise<QueueUnderTest>,
): void {
  describe(`Queue: ${name}`, () => {
    let under: QueueUnderTest;
    beforeEach(async () => {
      under = await open({ maxReceiveCount: 3 });
    });
    afterEach(async () => {
      await under.close();
    });

    const send = (groupId: string, body: string, deduplicationId = body) =>
      under.queue.send({ groupId, deduplicationId, body });
    const bodies = async () => (await under.receive()).map(({ body }) => body);
    /** Receives and deletes until nothing is visible. */
    const drain = async () => {
      const drained: Received[] = [];
      for (let batch = await under.receive(); batch.length > 0; batch = await under.receive()) {
        drained.push(...batch);
        for (const { receiptHandle } of batch) await under.remove(receiptHandle);
      }
      return drained;
    };

    it('gives nothing when empty', async () => {
      expect(await under.receive()).toEqual([]);
    });

    it('hands over the body and the group unchanged', async () => {
      const body = JSON.stringify({ v: 1, text: 'caf\\u00e9 \\ud83d\\udc4b "quoted" \\\\' });
      await send('CH1', body, 'onMessageAdded|IM1');
      expect(await under.receive()).toEqual([
        expect.objectContaining({ body, groupId: 'CH1', receiveCount: 1 }),
      ]);
    });

    it('hands over each group in the order it was sent', async () => {
      for (const body of ['a1', 'b1', 'a2', 'b2', 'a3']) await send(body.slice(0, 1), body);
      const drained = await drain();
      const group = (id: string) => drained.filter(({ groupId }) => groupId === id).map(({ body }) => body);
      expect(group('a')).toEqual(['a1', 'a2', 'a3']);
      expect(group('b')).toEqual(['b1', 'b2']);
    });

    it('drops a second message with the same id, even once the first was handled', async () => {
      await send('a', 'once', 'id-1');
      await send('a', 'twice', 'id-1');
      expect((await drain()).map(({ body }) => body)).toEqual(['once']);
      await send('a', 'thrice', 'id-1');
      expect(await under.receive()).toEqual([]);
    });

    it('keeps equal bodies with different ids apart', async () => {
      await send('a', 'ok', 'id-1');
      await send('a', 'ok', 'id-2');
      expect((await drain()).map(({ body }) => body)).toEqual(['ok', 'ok']);
    });

    it('gives nothing more of a group while one of its messages is in flight, and everything of others', async () => {
      await send('a', 'a1');
      const [first] = await under.receive();
      await send('a', 'a2');
      await send('b', 'b1');
      expect(await bodies()).toEqual(['b1']);
      await under.remove(String(first?.receiptHandle));
      expect(await bodies()).toEqual(['a2']);
    });

    it('hands a message over again, before the rest of its group, when nobody deleted it in time', async () => {
      await send('a', 'a1');
      await under.receive();
      await send('a', 'a2');
      await under.expireVisibility();
      const drained = await drain();
      expect(drained.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
        ['a1', 2],
        ['a2', 1],
      ]);
    });

    it('shows a message at once that is postponed by 0 seconds', async () => {
      await send('a', 'a1');
      const [first] = await under.receive();
      await under.queue.postpone(String(first?.receiptHandle), 0);
      expect((await under.receive()).map(({ receiveCount }) => receiveCount)).toEqual([2]);
    });

    it('keeps a postponed message and its group back', async () => {
      await send('a', 'a1');
      const [first] = await under.receive();
      await send('a', 'a2');
      await under.queue.postpone(String(first?.receiptHandle), 600);
      expect(await under.receive()).toEqual([]);
    });

    it('refuses to postpone what is no longer in flight', async () => {
      await send('a', 'a1');
      const [first] = await under.receive();
      await under.remove(String(first?.receiptHandle));
      await expect(under.queue.postpone(String(first?.receiptHandle), 5)).rejects.toThrow();
    });

    it('gives a message up after too many deliveries, and goes on with its group', async () => {
      await send('a', 'poison');
      for (let delivery = 1; delivery <= 3; delivery += 1) {
        const [poison] = await under.receive();
        expect([poison?.body, poison?.receiveCount]).toEqual(['poison', delivery]);
        await under.expireVisibility();
      }
      await send('a', 'healthy');
      expect((await drain()).map(({ body }) => body)).toContain('healthy');
      expect(await under.deadLetters()).toContain('poison');
    });

    it.each([
      [{ groupId: 'a b' }, 'groupId has 3 characters; 1 to 128 printable ASCII characters without spaces'],
      [{ body: '' }, 'body has 0 bytes; 1 to 262144 are allowed.'],
      [{ body: 'CANARY é' }, 'body holds characters outside printable ASCII; escape them as \\uXXXX'],
    ])('says what is allowed for %o', async (wrong, message) => {
      await expect(
        under.queue.send({ groupId: 'a', deduplicationId: 'id', body: 'ok', ...wrong }),
      ).rejects.toThrow(message);
    });

    it.each([
      ['an empty body', { body: '' }],
      ['a line break', { body: 'a\nb' }],
      ['a letter beyond ASCII', { body: 'é' }],
      ['the character SQS refuses', { body: '\uffff' }],
      ['a body over 256 KiB', { body: 'a'.repeat(262_145) }],
      ['an empty group', { groupId: '' }],
      ['a group of 129 characters', { groupId: 'g'.repeat(129) }],
      ['an id with a space', { deduplicationId: 'a b' }],
      ['an empty id', { deduplicationId: '' }],
    ])('refuses %s, and sends nothing', async (_, wrong) => {
      const message = { groupId: 'a', deduplicationId: 'id', body: 'ok', ...wrong };
      await expect(under.queue.send(message)).rejects.toBeInstanceOf(QueueMessageRefusedError);
      expect(await under.receive()).toEqual([]);
    });

    it('takes a body of exactly 256 KiB and an id of 128 characters', async () => {
      await under.queue.send({
        groupId: 'g'.repeat(128),
        deduplicationId: 'd'.repeat(128),
        body: '~'.repeat(262_144),
      });
      expect((await under.receive())[0]?.body).toHaveLength(262_144);
    });
  });
}

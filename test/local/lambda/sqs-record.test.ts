import { readFileSync } from 'node:fs';
import type { SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createEventSource } from '../../../local/lambda/event-source.ts';
import { toSqsEvent } from '../../../local/lambda/event-source-mapping.ts';
import { createMemoryQueue } from '../../../local/lambda/memory-queue.ts';

const { Records } = JSON.parse(readFileSync('events/sqs/onMessageAdded.sms.json', 'utf8')) as SQSEvent;
const recorded = Records[0] ?? expect.fail('no record');

/** Everything but its ids and times is as it was recorded. */
const asRecorded = {
  ...recorded,
  messageId: expect.any(String),
  receiptHandle: expect.any(String),
  attributes: expect.any(Object),
};

describe('a message of the queue', () => {
  it('reaches a function in memory as it was recorded', async () => {
    const clock = { now: () => 0, sleep: () => new Promise<never>(() => {}) };
    const queue = createMemoryQueue({ clock });
    const handed: SQSEvent[] = [];
    const handler = async (event: SQSEvent) => {
      handed.push(event);
      return { batchItemFailures: [] };
    };
    const { MessageGroupId: groupId = '', MessageDeduplicationId: deduplicationId = '' } =
      recorded.attributes;
    await queue.send({ groupId, deduplicationId, body: recorded.body });
    const source = createEventSource({ queue, handler, clock, timeoutMs: 30_000 });
    source.poll();
    await source.idle();
    expect(handed).toEqual([{ Records: [asRecorded] }]);
    expect(handed[0]?.Records[0]?.attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      MessageGroupId: groupId,
      MessageDeduplicationId: deduplicationId,
    });
  });

  it('reaches a process of its own as it was recorded', () => {
    const message = {
      MessageId: 'm1',
      ReceiptHandle: 'r1',
      Body: recorded.body,
      Attributes: recorded.attributes as unknown as Record<string, string>,
    };
    expect(toSqsEvent([message])).toEqual({
      Records: [{ ...recorded, messageId: 'm1', receiptHandle: 'r1' }],
    });
  });
});

import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Clock } from '../../lib/ports.ts';
import type { MemoryQueue, ReceivedMessage } from './memory-queue.ts';
import { ReceiptInvalidError } from './receipt-invalid-error.ts';
import { sqsRecord } from './sqs-record.ts';

/** Lambda's side of a queue, as far as the reply function can tell. */
export interface EventSourceOptions {
  readonly queue: MemoryQueue;
  readonly handler: (
    event: SQSEvent,
    context: { getRemainingTimeInMillis(): number },
  ) => Promise<SQSBatchResponse>;
  readonly clock: Clock;
  /** Milliseconds one invocation may take; the function's timeout in serverless.yml. */
  readonly timeoutMs: number;
}

export interface EventSource {
  /** To be called after each send. Batches of one group never overlap; the queue sees to that. */
  poll(): void;
  /** Resolves when no batch is being worked on. */
  idle(): Promise<void>;
}

/** Hands batches to the handler and deletes what it did not report as failed. */
export function createEventSource({ queue, handler, clock, timeoutMs }: EventSourceOptions): EventSource {
  const working = new Set<Promise<void>>();
  let nextPoll = Number.POSITIVE_INFINITY;

  async function work(batch: readonly ReceivedMessage[]): Promise<void> {
    const deadline = clock.now() + timeoutMs;
    const failed = await invoke(batch, { getRemainingTimeInMillis: () => deadline - clock.now() });
    for (const { messageId, receiptHandle } of batch) if (!failed.has(messageId)) forget(receiptHandle);
  }

  /** A message that took longer than it was hidden for is somebody else's by now; its record is finished anyway. */
  function forget(receiptHandle: string): void {
    try {
      queue.delete(receiptHandle);
    } catch (error) {
      if (!(error instanceof ReceiptInvalidError)) throw error;
    }
  }

  /** An invocation that throws has failed for its whole batch. */
  async function invoke(
    batch: readonly ReceivedMessage[],
    context: { getRemainingTimeInMillis(): number },
  ): Promise<ReadonlySet<string>> {
    try {
      const { batchItemFailures } = await handler({ Records: batch.map(toRecord) }, context);
      return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch {
      return new Set(batch.map(({ messageId }) => messageId));
    }
  }

  function poll(): void {
    for (let batch = queue.receive(); batch.length > 0; batch = queue.receive()) {
      const done = work(batch).then(() => {
        working.delete(done);
        poll();
      });
      working.add(done);
    }
    pollLater();
  }

  /** When a message that went back to the queue becomes visible again. */
  function pollLater(): void {
    const at = queue.nextVisibleAt();
    if (at === undefined || at >= nextPoll) return;
    nextPoll = at;
    void clock.sleep(Math.max(0, at - clock.now())).then(() => {
      nextPoll = Number.POSITIVE_INFINITY;
      poll();
    });
  }

  return {
    poll,
    idle: async () => {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

function toRecord({ messageId, receiptHandle, body, receiveCount, sentAt, ...message }: ReceivedMessage) {
  return sqsRecord({
    messageId,
    receiptHandle,
    body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: 'local',
      ApproximateFirstReceiveTimestamp: String(sentAt),
      MessageGroupId: message.groupId,
      MessageDeduplicationId: message.deduplicationId,
    },
  });
}

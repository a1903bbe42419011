import { checkQueueMessage } from '../../lib/aws/check-queue-message.ts';
import type { Clock, Queue, QueueMessage } from '../../lib/ports.ts';

export interface ReceivedMessage extends QueueMessage {
  readonly messageId: string;
  /** Valid until the message is received again. */
  readonly receiptHandle: string;
  /** 1 on the first delivery. */
  readonly receiveCount: number;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

export interface MemoryQueueOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** How long a received message stays hidden unless deleted. @default 180000, as in serverless.yml */
  readonly visibilityTimeoutMs?: number;
  /** A message received more often than this goes to the dead letters. @default 20, as in serverless.yml */
  readonly maxReceiveCount?: number;
}

/** The Queue port and what an event source mapping does at its other end. */
export interface MemoryQueue extends Queue {
  /**
   * Up to `max` visible messages in the order they were sent, several of one group among them. A group with a
   * message in flight gives nothing: that is what keeps its order while a failed message waits.
   */
  receive(max?: number): readonly ReceivedMessage[];
  /** @returns false for a receipt that is no longer valid; nothing is deleted then. */
  delete(receiptHandle: string): boolean;
  /** Hides the message for `ms` from now; 0 shows it at once. @returns false for an invalid receipt. */
  changeVisibility(receiptHandle: string, ms: number): boolean;
  /** When `receive` may next give something: `now` or earlier when it would now; undefined when empty. */
  nextVisibleAt(): number | undefined;
  /** Waiting and in flight together. */
  size(): number;
  readonly deadLetters: readonly QueueMessage[];
}

/** A second message with the same id within this time is dropped. */
const DEDUPLICATION_MS = 5 * 60_000;

interface Entry {
  readonly messageId: string;
  readonly message: QueueMessage;
  readonly sentAt: number;
  receiveCount: number;
  visibleAt: number;
}

/**
 * SQS FIFO as serverless.yml configures it (deduplication and throughput per group), with time from a Clock:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export function createMemoryQueue(options: MemoryQueueOptions): MemoryQueue {
  const { clock, visibilityTimeoutMs = 180_000, maxReceiveCount = 20 } = options;
  let entries: readonly Entry[] = [];
  let sent = 0;
  const lastSent = new Map<string, number>();
  const deadLetters: QueueMessage[] = [];

  const remove = (entry: Entry): void => {
    entries = entries.filter((other) => other !== entry);
  };
  const findByReceipt = (receipt: string): Entry | undefined =>
    entries.find((entry) => entry.receiveCount > 0 && receiptOf(entry) === receipt);
  /** A group's messages, of which only the first ones may be handed out. */
  const groupsInFlight = (now: number): Set<string> =>
    new Set(entries.filter(({ visibleAt }) => visibleAt > now).map(({ message }) => message.groupId));

  return {
    send: async (message) => {
      checkQueueMessage(message);
      const now = clock.now();
      const { groupId, deduplicationId, body } = message;
      const key = `${groupId} ${deduplicationId}`;
      if (now - (lastSent.get(key) ?? Number.NEGATIVE_INFINITY) < DEDUPLICATION_MS) return;
      lastSent.set(key, now);
      sent += 1;
      entries = [
        ...entries,
        {
          messageId: `message-${sent}`,
          message: { groupId, deduplicationId, body },
          sentAt: now,
          receiveCount: 0,
          visibleAt: now,
        },
      ];
    },

    receive: (max = 10) => {
      const now = clock.now();
      const blocked = groupsInFlight(now);
      const received: ReceivedMessage[] = [];
      for (const entry of entries) {
        if (received.length === max) break;
        if (blocked.has(entry.message.groupId)) continue;
        entry.receiveCount += 1;
        if (entry.receiveCount > maxReceiveCount) {
          remove(entry);
          deadLetters.push(entry.message);
          continue;
        }
        entry.visibleAt = now + visibilityTimeoutMs;
        received.push({
          ...entry.message,
          messageId: entry.messageId,
          receiptHandle: receiptOf(entry),
          receiveCount: entry.receiveCount,
          sentAt: entry.sentAt,
        });
      }
      return received;
    },

    delete: (receiptHandle) => {
      const entry = findByReceipt(receiptHandle);
      if (entry === undefined) return false;
      remove(entry);
      return true;
    },

    changeVisibility: (receiptHandle, ms) => {
      const entry = findByReceipt(receiptHandle);
      if (entry === undefined) return false;
      entry.visibleAt = clock.now() + ms;
      return true;
    },

    nextVisibleAt: () => {
      // A group opens when the last of its messages in flight becomes visible again.
      const opensAt = new Map<string, number>();
      for (const { message, visibleAt } of entries)
        opensAt.set(message.groupId, Math.max(visibleAt, opensAt.get(message.groupId) ?? 0));
      return opensAt.size === 0 ? undefined : Math.min(...opensAt.values());
    },

    size: () => entries.length,
    deadLetters,
  };
}

function receiptOf({ messageId, receiveCount }: Entry): string {
  return `${messageId}/${receiveCount}`;
}

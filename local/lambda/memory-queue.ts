import { checkQueueMessage } from '../../lib/aws/check-queue-message.ts';
import type { Clock, Queue, QueueMessage } from '../../lib/ports.ts';
import { ReceiptInvalidError } from './receipt-invalid-error.ts';

export interface ReceivedMessage extends QueueMessage {
  readonly messageId: string;
  /** Valid until the message is deleted or its visibility timeout ends. */
  readonly receiptHandle: string;
  /** 1 on the first delivery. */
  readonly receiveCount: number;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

export interface MemoryQueueOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** How long a received message stays hidden unless deleted. @default 180, as in serverless.yml */
  readonly visibilityTimeoutSeconds?: number;
  /** A message received more often than this goes to the dead letters. @default 100, as in serverless.yml */
  readonly maxReceiveCount?: number;
}

/** The Queue port, and what an event source mapping does at its other end. */
export interface MemoryQueue extends Queue {
  /**
   * Up to `max` visible messages in the order they were sent, several of one group among them. A group with a
   * message in flight gives nothing: that is what keeps its order while a failed message waits.
   */
  receive(max?: number): readonly ReceivedMessage[];
  /** @throws ReceiptInvalidError */
  delete(receiptHandle: string): void;
  /**
   * Hides a message in flight for `seconds` from now; 0 shows it at once.
   * @throws ReceiptInvalidError
   */
  postpone(receiptHandle: string, seconds: number): Promise<void>;
  /** When `receive` may next give something, now or a time past if it would now; undefined when empty. */
  nextVisibleAt(): number | undefined;
  /** Waiting and in flight together. */
  size(): number;
  /** When the oldest of these was sent, in milliseconds since the epoch; undefined when there is none. */
  oldestSentAt(): number | undefined;
  /** As SQS counts them; what was put off is hidden like what is being worked on. */
  depth(): { readonly visible: number; readonly inFlight: number; readonly delayed: number };
  /** Given up after `maxReceiveCount`, oldest first. */
  readonly deadLetters: readonly DeadMessage[];
  /** Takes one away from the dead letters; nothing happens when it is gone. */
  dropDeadLetter(id: string): void;
}

export interface DeadMessage extends QueueMessage {
  readonly id: string;
  /** When it was given up, in milliseconds since the epoch. */
  readonly sentAt: number;
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
  const { clock, visibilityTimeoutSeconds = 180, maxReceiveCount = 100 } = options;
  /** In the order they were sent. */
  const entries: Entry[] = [];
  const deadLetters: DeadMessage[] = [];
  const isDuplicate = createDeduplication(clock);
  let sent = 0;

  function inFlight(receiptHandle: string): Entry {
    const entry = entries.find((candidate) => receiptOf(candidate) === receiptHandle);
    if (entry !== undefined && entry.visibleAt > clock.now()) return entry;
    throw new ReceiptInvalidError(`${receiptHandle} is not a receipt of a message in flight.`);
  }

  /** Counts the delivery; undefined when it was one too many. */
  function deliver(entry: Entry, now: number): ReceivedMessage | undefined {
    entry.receiveCount += 1;
    if (entry.receiveCount > maxReceiveCount) {
      remove(entries, entry);
      deadLetters.push({ ...entry.message, id: entry.messageId, sentAt: now });
      return undefined;
    }
    entry.visibleAt = now + visibilityTimeoutSeconds * 1000;
    const { message, messageId, receiveCount, sentAt } = entry;
    return { ...message, messageId, receiptHandle: receiptOf(entry), receiveCount, sentAt };
  }

  return {
    send: async ({ groupId, deduplicationId, body }) => {
      checkQueueMessage({ groupId, deduplicationId, body });
      if (isDuplicate(`${groupId} ${deduplicationId}`)) return;
      sent += 1;
      const now = clock.now();
      const message = { groupId, deduplicationId, body };
      entries.push({ messageId: `message-${sent}`, message, sentAt: now, receiveCount: 0, visibleAt: now });
    },

    receive: (max = 10) => {
      const now = clock.now();
      const hidden = entries.filter(({ visibleAt }) => visibleAt > now);
      const blocked = new Set(hidden.map(({ message }) => message.groupId));
      const received: ReceivedMessage[] = [];
      for (const entry of [...entries]) {
        if (received.length === max) break;
        if (blocked.has(entry.message.groupId)) continue;
        const message = deliver(entry, now);
        if (message !== undefined) received.push(message);
      }
      return received;
    },

    delete: (receiptHandle) => {
      remove(entries, inFlight(receiptHandle));
    },

    postpone: async (receiptHandle, seconds) => {
      inFlight(receiptHandle).visibleAt = clock.now() + seconds * 1000;
    },

    nextVisibleAt: () => {
      // A group opens when the last of its messages in flight becomes visible again.
      const opensAt = new Map<string, number>();
      for (const { message, visibleAt } of entries)
        opensAt.set(message.groupId, Math.max(visibleAt, opensAt.get(message.groupId) ?? visibleAt));
      return opensAt.size === 0 ? undefined : Math.min(...opensAt.values());
    },

    size: () => entries.length,
    oldestSentAt: () => entries[0]?.sentAt,
    depth: () => {
      const inFlight = entries.filter(({ visibleAt }) => visibleAt > clock.now()).length;
      return { visible: entries.length - inFlight, inFlight, delayed: 0 };
    },
    deadLetters,
    dropDeadLetter: (id) => {
      const at = deadLetters.findIndex((letter) => letter.id === id);
      if (at >= 0) deadLetters.splice(at, 1);
    },
  };
}

/** Whether the key was seen in the last five minutes; remembers it otherwise. */
function createDeduplication(clock: Pick<Clock, 'now'>): (key: string) => boolean {
  // Oldest first, because a Map keeps the order of insertion.
  const seenAt = new Map<string, number>();
  return (key) => {
    const now = clock.now();
    for (const [old, at] of seenAt) {
      if (now - at < DEDUPLICATION_MS) break;
      seenAt.delete(old);
    }
    if (seenAt.has(key)) return true;
    seenAt.set(key, now);
    return false;
  };
}

function receiptOf({ messageId, receiveCount }: Entry): string {
  return `${messageId}/${receiveCount}`;
}

function remove<T>(items: T[], item: T): void {
  items.splice(items.indexOf(item), 1);
}

import type { QueueMessage } from '../../lib/ports.ts';
import { openEnvelope } from '../../lib/queue/envelope.ts';
import type { MemoryQueue, ReceivedMessage } from '../lambda/memory-queue.ts';
import type { QueueChange, QueueStep } from './bot-step.ts';

/** The same queue, which reports what becomes of each message. */
export function watchQueue(queue: MemoryQueue, tell: (step: QueueStep) => void): MemoryQueue {
  const inFlight = new Map<string, ReceivedMessage>();

  function say(change: QueueChange, message: QueueMessage, more: Partial<QueueStep> = {}): void {
    const { event } = openEnvelope(message.body);
    const { deduplicationId } = message;
    tell({ kind: 'queue', change, event, deduplicationId, receiveCount: 0, ...more });
  }

  function sayOf(change: QueueChange, receiptHandle: string, more: Partial<QueueStep> = {}): void {
    const message = inFlight.get(receiptHandle);
    inFlight.delete(receiptHandle);
    if (message !== undefined) say(change, message, { receiveCount: message.receiveCount, ...more });
  }

  return {
    ...queue,
    send: async (message) => {
      const before = queue.size();
      const sending = queue.send(message);
      const change = queue.size() > before ? 'queued' : 'repeated';
      await sending;
      say(change, message);
    },
    receive: (max) => {
      const messages = queue.receive(max);
      for (const message of messages) {
        inFlight.set(message.receiptHandle, message);
        say('received', message, { receiveCount: message.receiveCount });
      }
      return messages;
    },
    delete: (receiptHandle) => {
      queue.delete(receiptHandle);
      sayOf('deleted', receiptHandle);
    },
    postpone: async (receiptHandle, seconds) => {
      await queue.postpone(receiptHandle, seconds);
      sayOf('postponed', receiptHandle, { seconds });
    },
  };
}

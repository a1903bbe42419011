import { eventParams } from '../event/event-params.ts';
import type { MessageAdded } from '../event/event-types.ts';
import type { QueueMessage } from '../ports.ts';
import { openEnvelope, sealAgain, sealEnvelope } from './envelope.ts';

/** A dead letter, as it was found. */
export interface Letter extends Pick<QueueMessage, 'groupId' | 'body'> {
  /** The id that the queue gave it. */
  readonly id: string;
}

/**
 * A dead letter as it goes back on the queue: what is in flight goes on, what has come to its outcome stays as it is, and
 * what has not may still be answered. Redriven twice, as when whoever does it dies before removing the letter, it is one.
 * @param answerUntil until when, in milliseconds since the epoch
 * @throws what openEnvelope throws: reply would not open it either
 */
export function redrive({ groupId, body, id }: Letter, answerUntil: number): QueueMessage {
  return { groupId, deduplicationId: `redriven|${id}`, body: sealAgain(body, answerUntil) };
}

/** What an operator asks for by replaying. */
export interface ReplayOrder {
  /** One for all messages that are replayed together, such as a UUID: under each id a message is decided anew once. */
  readonly replay: string;
  /** Until when it may be answered, in milliseconds since the epoch. */
  readonly answerUntil: number;
}

/**
 * A message that has come to its outcome, to be decided anew (record/message-record.ts, isReplayable). To be put on the
 * queue in the order of the messages: what is answered closes the door on what was written before it.
 * @param event as Twilio has it now (history/message-event.ts)
 * @throws EnvelopeTooLargeError, and EnvelopeInvalidError for what reply would not open
 */
export function replay(event: MessageAdded, order: ReplayOrder, now: number): QueueMessage {
  const body = sealEnvelope(eventParams(event), now, false, true, order);
  openEnvelope(body);
  const deduplicationId = `replay|${order.replay}|${event.MessageSid}`;
  return { groupId: event.ConversationSid, deduplicationId, body };
}

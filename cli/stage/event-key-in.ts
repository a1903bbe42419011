import { eventKey } from '../../lib/event/event-key.ts';
import type { Key, QueueMessage, Versioned } from '../../lib/ports.ts';
import { type OpenedEnvelope, openEnvelope } from '../../lib/queue/envelope.ts';

/** What a queue message holds; undefined where it is not an envelope that this version reads. */
export function envelopeIn({ body }: Pick<QueueMessage, 'body'>): OpenedEnvelope | undefined {
  try {
    return openEnvelope(body);
  } catch {
    return undefined;
  }
}

/**
 * The key of the event that a queue message brings, under which its record is. What went behind others, or was sent again,
 * has another deduplication id.
 */
export function eventKeyIn(message: QueueMessage): string {
  const opened = envelopeIn(message);
  return opened === undefined ? message.deduplicationId : eventKey(opened.event);
}

/** The key of the event that waits in the spool: what somebody has damaged has it in its own key at least. */
export function eventKeyOfSpooled([{ sk }, { value }]: readonly [Key, Versioned<QueueMessage>]): string {
  const { body } = Object(value) as Partial<QueueMessage>;
  return typeof body === 'string' ? eventKeyIn(value) : sk.slice(Math.max(0, sk.search(/on[A-Z]\w+\|/)));
}

import { createHash } from 'node:crypto';
import type { ConversationEvent } from './event-types.ts';

/**
 * What makes two webhooks the same event: SQS deduplication id and record key at once. Made of the event's own,
 * signed identifiers, never of the unsigned I-Twilio-Idempotency-Token, with which a stranger could suppress a
 * message. Twilio's retries, and the same event through several webhook configurations, have the same key.
 * @returns at most 128 characters of printable ASCII without spaces.
 */
export function eventKey(event: ConversationEvent): string {
  return [event.EventType, ...identity(event)].join('|');
}

function identity(event: ConversationEvent): readonly string[] {
  switch (event.EventType) {
    case 'onMessageAdded':
    case 'onMessageRemoved':
      return [event.MessageSid];
    case 'onMessageUpdated':
      return [event.MessageSid, event.DateUpdated];
    case 'onDeliveryUpdated':
      return [event.DeliveryReceiptSid, event.Status];
    case 'onConversationAdded':
    case 'onConversationRemoved':
      return [event.ConversationSid];
    case 'onConversationStateUpdated':
      return [event.ConversationSid, event.StateUpdated];
    case 'onParticipantAdded':
      return [event.ParticipantSid, event.DateCreated];
    case 'onParticipantUpdated':
    case 'onParticipantRemoved':
      return [event.ParticipantSid, event.DateUpdated ?? event.DateCreated];
    default:
      return [digest(event)];
  }
}

/** For events that name nothing of their own: everything they say, except how often Twilio has tried to say it. */
function digest({ RetryCount: _, ...event }: ConversationEvent): string {
  const fields: Readonly<Record<string, unknown>> = event;
  const entries = Object.keys(fields)
    .sort()
    .map((name) => [name, fields[name]]);
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex');
}

import type { ConversationEvent } from './event-types.ts';

/**
 * When it happened at Twilio, in milliseconds since the epoch. The dates are signed, so nobody can freshen them: when
 * something was made, and of what changed or went when it did; where Twilio does not say, when we heard of it.
 */
export function eventTime(event: ConversationEvent, receivedAt: number): number {
  const date = dateOf(event);
  return date ? Date.parse(date) : receivedAt;
}

function dateOf(event: ConversationEvent): string | undefined {
  switch (event.EventType) {
    case 'onConversationStateUpdated':
      return event.StateUpdated;
    case 'onConversationUpdated':
      return event.DateUpdated;
    case 'onParticipantRemoved':
      return event.DateRemoved ?? event.DateUpdated;
    default:
      return 'DateCreated' in event ? event.DateCreated : undefined;
  }
}

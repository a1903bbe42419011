import type { ConversationEvent } from './event-types.ts';

/** When it happened at Twilio, in milliseconds since the epoch; `DateCreated` is signed, so nobody can freshen it. */
export function eventTime(event: ConversationEvent, receivedAt: number): number {
  return 'DateCreated' in event && event.DateCreated ? Date.parse(event.DateCreated) : receivedAt;
}

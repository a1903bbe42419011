import type { ConversationEvent } from '../event/event-types.ts';
import type { Guard } from './guard.ts';

/** Customers write through a channel or an SDK; only programs write through the REST API. */
export const apiSource: Guard = {
  reason: 'api_source',
  says: 'A program wrote this over REST; only people are answered.',
  stops: ({ event }) => isFromApi(event),
};

export function isFromApi(event: ConversationEvent): boolean {
  return event.EventType === 'onMessageAdded' && event.Source?.toUpperCase() === 'API';
}

import type { Guard } from './guard.ts';

/** Twilio's author for messages that nobody signed: https://www.twilio.com/docs/conversations/api/conversation-message-resource */
export function isSystem(author: string): boolean {
  return author.toLowerCase() === 'system';
}

export const systemAuthor: Guard = {
  reason: 'system_author',
  says: 'Twilio’s “system” wrote this, and nobody reads its answers.',
  stops: ({ event }) => event.EventType === 'onMessageAdded' && isSystem(event.Author),
};

import type { Guard } from './guard.ts';

export const ownAuthor: Guard = {
  reason: 'own_author',
  says: 'The bot wrote this itself.',
  stops: ({ event, botAuthor }) =>
    (event.EventType === 'onMessageAdded' && event.Author === botAuthor) ||
    (event.EventType === 'onParticipantAdded' && event.Identity === botAuthor),
};

import { isMarked } from '../event/marker.ts';
import type { Guard } from './guard.ts';

/** The marker's presence is enough here, whoever wrote it: to be silent by mistake is better than to loop. */
export const ownMarker: Guard = {
  reason: 'own_marker',
  says: 'It carries the bot’s marker, so the bot wrote it, under whatever name.',
  stops: ({ event }) => event.EventType === 'onMessageAdded' && isMarked(event.Attributes),
};

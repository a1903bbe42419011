import { readChannel } from '../event/read-channel.ts';
import type { Guard } from './guard.ts';
import { isReaction } from './reactions.ts';

export const reaction: Guard = {
  reason: 'reaction',
  says: 'It is a reaction such as Liked “…”, which a phone wrote for a tap on a heart.',
  stops: ({ event }) =>
    event.EventType === 'onMessageAdded' &&
    ['sms', 'rcs'].includes(readChannel(event)) &&
    isReaction(event.Body),
};

import type { Guard } from './guard.ts';
import { isHandedOver, isWayBack } from './handover.ts';

export const handedOver: Guard = {
  reason: 'handed_over',
  says: 'A rule has handed the conversation over to a person, and nobody has given it back yet.',
  stops: (asked) => isHandedOver(asked.conversation, asked.at) && !isWayBack(asked),
};

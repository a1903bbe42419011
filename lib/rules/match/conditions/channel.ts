import type { Channel } from '../../../event/channels.ts';
import type { Condition } from './condition.ts';
import { reasonsOfKind } from './reasons.ts';

/** How the customer reaches us. */
export const channel: Condition<readonly Channel[]> = {
  holds: (channels, facts) => channels.includes(facts.channel),
  ...reasonsOfKind((facts) => facts.channel),
};

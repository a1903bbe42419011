import type { Channel } from '../../../event/channels.ts';
import type { Condition } from './condition.ts';

/** How the customer reaches us. */
export const channel: Condition<readonly Channel[]> = {
  holds: (channels, facts) => channels.includes(facts.channel),
  yes: (_, facts) => `this is ${facts.channel}`,
  no: (channels, facts) => `this is ${facts.channel}, the rule is for ${channels.join(', ')}`,
};

import type { Condition } from './condition.ts';

/** What a rule may react to. Everything else would answer its own echo: receipts, updates, state changes. */
export const ANSWERED_EVENTS = ['onMessageAdded', 'onConversationAdded', 'onParticipantAdded'] as const;
export type AnsweredEvent = (typeof ANSWERED_EVENTS)[number];

export const event: Condition<readonly AnsweredEvent[]> = {
  holds: (events, facts) => events.some((name) => name === facts.event),
  yes: (_, facts) => `this is ${facts.event}`,
  no: (events, facts) => `this is ${facts.event}, the rule is for ${events.join(', ')}`,
};

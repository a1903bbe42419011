import type { Condition } from './condition.ts';
import { reasonsOfKind } from './reasons.ts';

/** What a rule may react to. Everything else would answer its own echo: receipts, updates, state changes. */
export const ANSWERED_EVENTS = ['onMessageAdded', 'onConversationAdded', 'onParticipantAdded'] as const;
export type AnsweredEvent = (typeof ANSWERED_EVENTS)[number];

export const event: Condition<readonly AnsweredEvent[]> = {
  holds: (events, facts) => events.some((name) => name === facts.event.EventType),
  ...reasonsOfKind((facts) => facts.event.EventType),
};

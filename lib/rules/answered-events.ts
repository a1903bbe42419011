import type { EventName } from '../event/event-types.ts';
import type { RuleBook, Then } from './types.ts';

/** What gives a conversation back to the bot: no rule answers it. */
export const GIVE_BACK_EVENTS = [
  'onConversationUpdated',
  'onConversationStateUpdated',
  'onParticipantRemoved',
] as const;

/**
 * The events that some rule waits for, and where people may silence the bot those that end it; nothing else needs to be
 * taken in.
 */
export function answeredEvents(book: RuleBook): ReadonlySet<EventName> {
  const events = new Set<EventName>(book.rules.flatMap(({ when }) => when?.event ?? []));
  if (book.otherwise !== undefined) events.add('onMessageAdded');
  if (events.size > 0 && mayBeSilenced(book)) for (const name of GIVE_BACK_EVENTS) events.add(name);
  return events;
}

function mayBeSilenced({ quietAfterPersonMs, rules, otherwise = [] }: RuleBook): boolean {
  const thens = [...rules.flatMap((rule) => [rule, ...(rule.otherwise ?? [])]), ...otherwise];
  return quietAfterPersonMs !== 0 || thens.some(({ then }) => handsOver(then));
}

/** A handler may hand over as well. */
function handsOver(then: Then): boolean {
  return then !== 'ignore' && then.actions.some(({ kind }) => kind === 'handover' || kind === 'call');
}

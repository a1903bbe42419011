import { EVENT_NAMES, type EventName } from '../event/event-types.ts';
import { everyAction } from './every-answer.ts';
import type { RuleBook } from './types.ts';

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

/**
 * What Twilio's webhook is to be set for, its `Filters`: the events that are answered, and receipts, which are counted
 * whatever the rules say (receive/count-receipt.ts). In the order in which Twilio lists them.
 */
export function webhookEvents(book: RuleBook): readonly EventName[] {
  const answered = answeredEvents(book);
  return EVENT_NAMES.filter((name) => name === 'onDeliveryUpdated' || answered.has(name));
}

/** A handler may hand over as well. */
function mayBeSilenced(book: RuleBook): boolean {
  if (book.quietAfterPersonMs !== 0) return true;
  return everyAction(book).some(({ kind }) => kind === 'handover' || kind === 'call');
}

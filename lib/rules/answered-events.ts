import type { AnsweredEvent } from './match/conditions/event.ts';
import type { RuleBook } from './types.ts';

/** The events that some rule waits for; nothing else needs to be taken in. */
export function answeredEvents(book: RuleBook): ReadonlySet<AnsweredEvent> {
  const events = new Set(book.rules.flatMap(({ when }) => when?.event ?? []));
  return book.otherwise === undefined ? events : events.add('onMessageAdded');
}

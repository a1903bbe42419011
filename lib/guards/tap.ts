import type { ConversationEvent } from '../event/event-types.ts';
import { hashText } from '../text/hash-text.ts';

/** Characters of a hash by which a title is kept: some twenty titles are told apart, nobody's words are. */
const SHORT = 8;
/** More titles than any template has: 10 items of a list and 10 buttons. */
const MAX_TITLES = 20;

/** What the conversation keeps of the titles that an answer offers. */
export function hashTitles(titles: readonly string[]): readonly string[] {
  return titles.slice(0, MAX_TITLES).map((title) => hashText(title).slice(0, SHORT));
}

/** Whether the customer tapped one of the titles that the bot's last answer offers: people do, and machines do not. */
export function isTap({
  event,
  conversation,
}: {
  readonly event: ConversationEvent;
  readonly conversation: { readonly offered?: readonly string[] };
}): boolean {
  if (event.EventType !== 'onMessageAdded' || conversation.offered === undefined) return false;
  const hash = hashText(event.Body).slice(0, SHORT);
  return hash !== '' && conversation.offered.includes(hash);
}

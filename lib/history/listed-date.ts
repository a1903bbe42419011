import type { MessageAdded } from '../event/event-types.ts';
import type { ConversationRecord } from '../record/conversation.ts';

/** Lists date in whole seconds, rounded down, and webhooks in milliseconds. */
const DATED_IN_MS = 1_000;

/**
 * A listed message, no older than what is known to stand before it: a person who writes in the second of a word that
 * gave the conversation back wrote after it.
 */
export function datedBehind(
  message: MessageAdded,
  {
    handover,
    givenBackAt = 0,
    personAt = 0,
  }: Pick<ConversationRecord, 'handover' | 'givenBackAt' | 'personAt'>,
): MessageAdded {
  const listedAt = Date.parse(message.DateCreated);
  const known = [handover?.at ?? 0, givenBackAt, personAt].filter((at) => at - listedAt < DATED_IN_MS);
  return { ...message, DateCreated: new Date(Math.max(listedAt, ...known)).toISOString() };
}

import type { Conversation, Message, Turn } from './model.ts';

/**
 * The message of one of your people that keeps the bot quiet: their last one before the customer's, or else the first
 * after it, for whoever writes then has answered.
 */
export function findPersonsMessage(
  { messages, participants }: Conversation,
  { subject }: Pick<Turn, 'subject'>,
): Message | undefined {
  const customers = messages.get(subject)?.author;
  const byChat = new Set(
    [...participants.values()].flatMap(({ name, channel }) => (channel === 'chat' ? name : [])),
  );
  const all = [...messages.values()];
  const place = all.findIndex(({ sid }) => sid === subject);
  const isPersons = ({ author, inReplyTo }: Message) =>
    author !== customers && inReplyTo === undefined && byChat.has(author);
  return all.slice(0, Math.max(0, place)).findLast(isPersons) ?? all.slice(place).find(isPersons);
}

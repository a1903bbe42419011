import { type Marker, readMarker } from '../event/marker.ts';
import type { MessageResource } from '../twilio/messages.ts';

/**
 * Whether a marker on `message` proves anything: the bot wrote it, or nobody who takes part in the conversation.
 * Attributes are free to whoever chats, but a message without a participant takes the account's key.
 */
export function isProof(
  { author, participant_sid }: Pick<MessageResource, 'author' | 'participant_sid'>,
  botAuthors: readonly string[],
): boolean {
  return botAuthors.includes(author ?? '') || participant_sid === null;
}

export interface MarkedAnswer {
  readonly message: MessageResource;
  readonly marker: Marker;
}

/**
 * Everything among `messages` that proves that `subject` was answered, by this stack or by another one on the same
 * service, whatever our table says. In the order of `messages`.
 * @param subject SID of what was answered (event/subject.ts).
 * @param botAuthors the bot's name, and that of before where it had another.
 */
export function answersTo(
  messages: readonly MessageResource[],
  subject: string,
  botAuthors: readonly string[],
): readonly MarkedAnswer[] {
  return messages.flatMap((message) => {
    const marker = isProof(message, botAuthors) ? readMarker(message.attributes) : undefined;
    return marker?.in_reply_to === subject ? [{ message, marker }] : [];
  });
}

/** Whether these are all the parts of an answer: `1/2` and `2/2`. Two stacks may have cut it differently. */
export function isWhole(answers: readonly MarkedAnswer[]): boolean {
  const parts = new Map<string, Set<number>>();
  for (const { marker } of answers) {
    const [, number, rest = ''] = /^(\d+)\/(.*)$/.exec(marker.part) ?? [];
    const [part, count] = [Number(number), Number.parseInt(rest, 10)];
    if (part >= 1 && part <= count) parts.set(rest, (parts.get(rest) ?? new Set()).add(part));
  }
  return [...parts].some(([rest, seen]) => seen.size === Number.parseInt(rest, 10));
}

/**
 * Whether the bot has answered what came after the message at `index`, or has said something else since.
 * @param messages that one and all that came after it
 */
export function hasAnsweredLater(
  messages: readonly MessageResource[],
  index: number,
  botAuthors: readonly string[],
): boolean {
  const later = messages.filter((message) => message.index > index);
  const sids = new Set(later.map(({ sid }) => sid));
  return later.some((message) => {
    const marker = isProof(message, botAuthors) ? readMarker(message.attributes) : undefined;
    return marker === undefined ? botAuthors.includes(message.author ?? '') : sids.has(marker.in_reply_to);
  });
}

/**
 * The Index of the last message that somebody else wrote with the account's key, as bots do; -1 where there is none. A
 * marker says itself what it answers, so a bot of this kind is none of them.
 */
export function lastSaidByOthers(messages: readonly MessageResource[]): number {
  const said = messages.filter(
    (message) => isProof(message, []) && readMarker(message.attributes) === undefined,
  );
  return Math.max(-1, ...said.map(({ index }) => index));
}

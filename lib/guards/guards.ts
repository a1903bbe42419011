import type { ConversationEvent, MessageAdded } from '../event/event-types.ts';
import { readChannel } from '../event/read-channel.ts';
import type { SuppressReason } from '../rules/types.ts';
import { isOptOutWord } from './opt-out.ts';

/** The key in a message's Attributes under which parley keeps its marker (event/marker.ts). */
export const MARKER_KEY = 'parley';

type Guard = readonly [SuppressReason, (event: MessageAdded, botAuthor: string) => boolean];

/**
 * What keeps a reply from being answered. Each of the first four is enough alone: a webhook of our own message
 * carries all of them, and any one may be missing (another automation copies the text, an SDK strips Attributes).
 * The first that applies gives the reason.
 */
const GUARDS: readonly Guard[] = [
  ['own_author', isOwnAuthor],
  ['system_author', isSystemAuthor],
  ['api_source', isFromApi],
  ['own_marker', isMarked],
  ['opt_out_word', isOptOut],
];

/** Why `event` must not be answered whatever the rules say, or undefined when they may decide. */
export function suppressReason(event: ConversationEvent, botAuthor: string): SuppressReason | undefined {
  if (event.EventType === 'onParticipantAdded') {
    return event.Identity === botAuthor ? 'own_author' : undefined;
  }
  if (event.EventType !== 'onMessageAdded') return undefined;
  return GUARDS.find(([, applies]) => applies(event, botAuthor))?.[0];
}

export function isOwnAuthor(event: MessageAdded, botAuthor: string): boolean {
  return event.Author === botAuthor;
}

/** Twilio's author for messages that nobody signed: https://www.twilio.com/docs/conversations/api/conversation-message-resource */
export function isSystemAuthor(event: MessageAdded): boolean {
  return event.Author.toLowerCase() === 'system';
}

/** Customers write through a channel or an SDK; only programs write through the REST API. */
export function isFromApi(event: MessageAdded): boolean {
  return event.Source?.toUpperCase() === 'API';
}

/** The marker's presence is enough here, whoever wrote it: to be silent by mistake is better than to loop. */
export function isMarked(event: MessageAdded): boolean {
  return Object.hasOwn(Object(event.Attributes), MARKER_KEY);
}

export function isOptOut(event: MessageAdded): boolean {
  return isOptOutWord(event.Body, readChannel(event));
}

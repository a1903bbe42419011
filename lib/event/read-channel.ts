import type { Channel } from './channels.ts';
import type { ConversationEvent, MessageAdded } from './event-types.ts';

/** What an address begins with, where it says its channel. */
const PREFIXES: ReadonlyMap<string, Channel> = new Map([
  ['whatsapp', 'whatsapp'],
  ['sms', 'sms'],
  ['rcs', 'rcs'],
  ['messenger', 'messenger'],
  ['email', 'other'],
  ['apple', 'other'],
  ['gbm', 'other'],
]);

/** Source of a message, or a binding's type, in small letters. */
const HINTS: ReadonlyMap<string, Channel> = new Map([
  ['whatsapp', 'whatsapp'],
  ['sms', 'sms'],
  ['mms', 'sms'],
  ['rcs', 'rcs'],
  ['messenger', 'messenger'],
  ['chat', 'chat'],
  ['sdk', 'chat'],
]);
/** Says how a message was written, not by which channel. */
const NO_HINT = ['', 'api'];

/** Whether a message's Source is one that we know, in whatever case. */
export function isKnownSource(source: string): boolean {
  return source.toLowerCase() === 'api' || HINTS.has(source.toLowerCase());
}

/** Who has a number there as well as on SMS. */
const BY_NUMBER: ReadonlySet<Channel | undefined> = new Set<Channel>(['chat', 'rcs']);

const E164 = /^\+[1-9]\d{1,14}$/;

/** How the customer reaches us: an SDK chat where nothing says otherwise. */
export function readChannel(event: ConversationEvent): Channel {
  return tellChannel(event) ?? 'chat';
}

/**
 * Whether somebody came by a channel address rather than as a chat identity; undefined when the event does not say,
 * as of a short code that was read back from Twilio without its Source.
 */
export function cameByChannel(event: ConversationEvent): boolean | undefined {
  const channel = tellChannel(event);
  return channel === undefined ? undefined : channel !== 'chat';
}

/**
 * Whether it shows that somebody comes by a channel address. A program may post under any number: a message counts where
 * it has a participant, or came in by a channel.
 */
export function showsChannel(event: ConversationEvent): boolean {
  if (cameByChannel(event) !== true) return false;
  return event.EventType !== 'onMessageAdded' || event.ParticipantSid !== undefined || cameIn(event);
}

/** Whether a message says that it was not posted through REST. */
export function cameIn({ Source }: Pick<MessageAdded, 'Source'>): boolean {
  return Source !== undefined && Source.toUpperCase() !== 'API';
}

function tellChannel(event: ConversationEvent): Channel | undefined {
  switch (event.EventType) {
    case 'onMessageAdded':
      return channelOf(event.Author, event.Source);
    case 'onParticipantAdded':
      return channelOf(event['MessagingBinding.Address']?.[0], event['MessagingBinding.Type']);
    case 'onConversationAdded':
      return channelOf(event['MessagingBinding.Address']?.[0], event.Source);
    default:
      return undefined;
  }
}

/**
 * The prefix decides, then the hint, and last a number: customers of SMS have nothing else. A number is one of RCS, or
 * a name on chat, only where the hint says so. Digits alone tell nothing, for a short code and a chat identity may look
 * the same. A hint that is not known is a channel that Twilio has added.
 */
function channelOf(address = '', hint = ''): Channel | undefined {
  const said = hint.toLowerCase();
  const named = PREFIXES.get(/^([a-z]+):./.exec(address)?.[1] ?? '');
  if (named !== undefined) return named;
  if (E164.test(address) && !BY_NUMBER.has(HINTS.get(said))) return 'sms';
  return NO_HINT.includes(said) ? undefined : (HINTS.get(said) ?? 'other');
}

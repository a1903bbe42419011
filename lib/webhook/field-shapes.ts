import { EVENT_NAMES } from '../event/event-types.ts';
import { sidSource } from '../sid.ts';

const DATE =
  '\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?Z';
const INTEGER = '\\d{1,10}';
const BOOLEAN = 'true|false';
const STATE = 'initializing|inactive|active|closed';
/** Twilio writes them in capitals; others' examples do not. */
const CHANNEL = inAnyCase('APPLE|CHAT|EMAIL|GBM|MESSENGER|MMS|RCS|SMS|WHATSAPP');
/** How it begins; where it ends, JSON.parse has seen to. */
const JSON_VALUE = '\\s*(?:[{["\\d-]|true|false|null)[^]*';
const ADDRESS = '(?:[a-z]{2,9}:)?\\+\\d{5,20}';

/**
 * How a parameter's value looks when its end is certain, as the source of a regular expression: no value of the same
 * shape goes on into the parameter behind it, whose name begins with a letter. That is what keeps one parameter
 * apart from the next, because Twilio's signature has nothing in between (find-ambiguity.ts).
 */
export const SHAPES = {
  AccountSid: sidSource('AC'),
  Attributes: JSON_VALUE,
  Author: ADDRESS,
  ChannelMessageSid: sidSource(),
  ChatServiceSid: sidSource('IS'),
  ConversationSid: sidSource('CH'),
  DateCreated: DATE,
  DateRemoved: DATE,
  DateUpdated: DATE,
  DeliveryReceiptSid: sidSource('DY'),
  ErrorCode: INTEGER,
  // The longest first: onMessageAdd is how onMessageAdded begins.
  EventType: EVENT_NAMES.toSorted((a, b) => b.length - a.length).join('|'),
  Index: INTEGER,
  LastReadMessageIndex: INTEGER,
  Media: JSON_VALUE,
  MessageSid: sidSource('IM'),
  'MessagingBinding.Address': ADDRESS,
  'MessagingBinding.AuthorAddress': ADDRESS,
  'MessagingBinding.ProjectedAddress': ADDRESS,
  'MessagingBinding.ProxyAddress': ADDRESS,
  'MessagingBinding.Type': CHANNEL,
  MessagingServiceSid: sidSource('MG'),
  ParticipantSid: sidSource('MB'),
  Reason: 'API|EVENT|TIMER',
  RetryCount: INTEGER,
  RoleSid: sidSource('RL'),
  Source: `${inAnyCase('API|SDK')}|${CHANNEL}`,
  State: STATE,
  StateFrom: STATE,
  StateTo: STATE,
  StateUpdated: DATE,
  Status: 'sent|delivered|read|failed|undelivered',
  UserSid: sidSource('US'),
  isNotifiable: BOOLEAN,
  isOnline: BOOLEAN,
} as const;

export type ShapedField = keyof typeof SHAPES;

export function isShaped(field: string): field is ShapedField {
  return Object.hasOwn(SHAPES, field);
}

export const ADDRESSES = [
  'MessagingBinding.Address',
  'MessagingBinding.AuthorAddress',
  'MessagingBinding.ProjectedAddress',
  'MessagingBinding.ProxyAddress',
] as const satisfies ShapedField[];

/** Fields that may hold anything at all. An author or an address has a shape when it is a telephone number. */
export const FREE_FIELDS: ReadonlySet<string> = new Set([
  'Author',
  'Body',
  'ClientIdentity',
  'FriendlyName',
  'Identity',
  'MessageBody',
  'UniqueName',
  ...ADDRESSES,
]);

/** A group has several: https://www.twilio.com/docs/conversations/conversations-webhooks#onconversationadd */
export const REPEATABLE = 'MessagingBinding.Address';

/** Words from a list that may grow: a word that is not on it might be two, or the beginning of one. */
export const WORD_FIELDS: ReadonlySet<string> = new Set([
  'MessagingBinding.Type',
  'Reason',
  'Source',
  'State',
  'StateFrom',
  'StateTo',
  'Status',
]);

function inAnyCase(words: string): string {
  return `${words}|${words.toLowerCase()}`;
}

/**
 * What Twilio Conversations tells us, in Twilio's own words: every field has the name of the webhook parameter it
 * came in, dates are ISO 8601 strings, `Attributes` and `Media` are parsed from their JSON strings.
 * https://www.twilio.com/docs/conversations/conversations-webhooks
 */

/** Asked before something happens; an answer of 4xx or 5xx keeps it from happening. */
export const PRE_EVENTS = [
  'onMessageAdd',
  'onMessageUpdate',
  'onMessageRemove',
  'onConversationAdd',
  'onConversationUpdate',
  'onConversationRemove',
  'onParticipantAdd',
  'onParticipantUpdate',
  'onParticipantRemove',
  'onUserUpdate',
] as const;

/** Told after something has happened. */
export const POST_EVENTS = [
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationAdded',
  'onConversationUpdated',
  'onConversationRemoved',
  'onConversationStateUpdated',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
  'onUserAdded',
  'onUserUpdated',
] as const;

export const EVENT_NAMES = [...PRE_EVENTS, ...POST_EVENTS] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** The event of one name. */
export type EventOf<N extends EventName> = { readonly EventType: N } & EventFields[N];

/** Any event; `EventType` says which. */
export type ConversationEvent = { [N in EventName]: EventOf<N> }[EventName];

/** Somebody wrote a message: what a bot answers. */
export type MessageAdded = EventOf<'onMessageAdded'>;

/** What each event carries. `onX…` before it happens has no SID of what does not exist yet. */
interface EventFields {
  onMessageAdd: Message;
  onMessageAdded: StoredMessage;
  onMessageUpdate: ChangedMessage;
  onMessageUpdated: ChangedMessage;
  onMessageRemove: ChangedMessage;
  onMessageRemoved: ChangedMessage & Removed;
  onConversationAdd: ConversationDraft;
  onConversationAdded: StoredConversation & Bindings;
  onConversationUpdate: StoredConversation;
  onConversationUpdated: StoredConversation;
  onConversationRemove: StoredConversation;
  onConversationRemoved: StoredConversation & Removed;
  onConversationStateUpdated: StateChange;
  onParticipantAdd: Participant;
  onParticipantAdded: StoredParticipant;
  onParticipantUpdate: ChangedParticipant;
  onParticipantUpdated: ChangedParticipant;
  onParticipantRemove: ChangedParticipant;
  onParticipantRemoved: ChangedParticipant & Removed;
  onDeliveryUpdated: DeliveryUpdated;
  onUserAdded: User;
  onUserUpdate: User;
  onUserUpdated: User & UserState;
}

interface Common {
  readonly AccountSid: string;
  /** Left out by some events; `receive` fills it in, so that whoever takes an event off the queue has it. */
  readonly ChatServiceSid?: string;
  /** `SDK`, `API`, `SMS`, `WHATSAPP` …: not a closed list, and Twilio does not promise its case. */
  readonly Source?: string;
  /** Who acted, when it was done through an SDK. */
  readonly ClientIdentity?: string;
  /** How often Twilio tried before; 0 the first time. */
  readonly RetryCount?: number;
}

export interface MediaItem {
  readonly Sid: string;
  /** A MIME type. */
  readonly ContentType: string;
  readonly Filename?: string;
  /** Bytes. */
  readonly Size?: number;
}

interface Message extends Common {
  readonly ConversationSid: string;
  readonly MessagingServiceSid?: string;
  /** An address (`+1555…`, `whatsapp:+1555…`), a chat identity, or `system`. */
  readonly Author: string;
  /** Absent for messages that no participant wrote. */
  readonly ParticipantSid?: string;
  /** Empty when the message has no text. */
  readonly Body: string;
  /** Empty when the message has no media. */
  readonly Media: readonly MediaItem[];
  /** Whatever JSON the author attached; `{}` when nothing. */
  readonly Attributes: unknown;
}

interface StoredMessage extends Message {
  readonly MessageSid: string;
  /** Increases with each message of a conversation, with gaps. */
  readonly Index: number;
  readonly DateCreated: string;
}

interface ChangedMessage extends StoredMessage {
  readonly DateUpdated: string;
}

interface Removed {
  readonly DateRemoved?: string;
}

interface Bindings {
  /** The customers' addresses. Several for a group; sorted, each once, because that is all that is signed. */
  readonly 'MessagingBinding.Address'?: readonly string[];
  readonly 'MessagingBinding.AuthorAddress'?: string;
  readonly 'MessagingBinding.ProjectedAddress'?: string;
  /** Our address. */
  readonly 'MessagingBinding.ProxyAddress'?: string;
}

interface Conversation extends Common {
  readonly FriendlyName?: string;
  readonly UniqueName?: string;
  readonly MessagingServiceSid?: string;
  /** `initializing`, `inactive`, `active` or `closed`. */
  readonly State?: string;
  readonly Attributes: unknown;
}

interface ConversationDraft extends Conversation, Bindings {
  /** The message that opens the conversation, if one does. */
  readonly MessageBody?: string;
  readonly Media: readonly MediaItem[];
}

interface StoredConversation extends Conversation {
  readonly ConversationSid: string;
  readonly DateCreated: string;
  readonly DateUpdated?: string;
}

interface StateChange extends Common {
  readonly ConversationSid: string;
  readonly MessagingServiceSid?: string;
  /** When. */
  readonly StateUpdated: string;
  readonly StateFrom: string;
  readonly StateTo: string;
  /** `API`, `TIMER` or `EVENT`. */
  readonly Reason?: string;
}

interface Participant extends Common, Bindings {
  readonly ConversationSid: string;
  /** Chat participants have an identity, the others a binding. */
  readonly Identity?: string;
  readonly RoleSid?: string;
  /** `SMS`, `CHAT`, `WHATSAPP` … */
  readonly 'MessagingBinding.Type'?: string;
  readonly Attributes: unknown;
}

interface StoredParticipant extends Participant {
  readonly ParticipantSid: string;
  readonly DateCreated: string;
}

interface ChangedParticipant extends StoredParticipant {
  readonly DateUpdated?: string;
  readonly LastReadMessageIndex?: number;
}

interface DeliveryUpdated extends Common {
  readonly ConversationSid: string;
  readonly MessageSid: string;
  readonly DeliveryReceiptSid: string;
  /** `SM…`, `MM…`, `WA…`: the message on its channel. */
  readonly ChannelMessageSid?: string;
  readonly ParticipantSid?: string;
  /** `sent`, `delivered`, `read`, `failed` or `undelivered`. */
  readonly Status: string;
  /** Why it failed: https://www.twilio.com/docs/api/errors */
  readonly ErrorCode?: number;
  readonly DateCreated?: string;
  readonly DateUpdated?: string;
}

interface User extends Common {
  readonly UserSid: string;
  readonly Identity: string;
  readonly FriendlyName?: string;
  readonly RoleSid?: string;
  readonly Attributes: unknown;
  readonly DateCreated?: string;
  readonly DateUpdated?: string;
}

interface UserState {
  readonly isOnline?: boolean;
  readonly isNotifiable?: boolean;
}

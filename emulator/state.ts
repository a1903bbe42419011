import type { Ledger } from './ledger.ts';

/**
 * Everything the service knows, as plain data under Twilio's own names. Dates are milliseconds since the epoch;
 * what REST adds when it shows a resource (`url`, `links`, printed dates) is not kept.
 */
export interface State {
  readonly account_sid: string;
  readonly configuration: Configuration;
  readonly webhooks: WebhookConfiguration & { target: string };
  readonly services: Ledger<Service>;
  readonly contents: Ledger<Content>;
  readonly addresses: Ledger<AddressConfiguration>;
  /** Which participant holds a pair of addresses (`pairKey`): each pair is in one open conversation at most. */
  readonly pairs: Map<string, PairHolder>;
  /** `pairKey`s of customers who wrote STOP. */
  readonly optedOut: Set<string>;
}

export interface PairHolder {
  readonly service_sid: string;
  readonly conversation_sid: string;
  readonly participant_sid: string;
}

export function pairKey(address: string, proxyAddress: string): string {
  return `${proxyAddress} ${address}`;
}

export interface Configuration {
  default_chat_service_sid: string;
  default_messaging_service_sid: string;
  default_inactive_timer: string | null;
  default_closed_timer: string | null;
}

export interface WebhookConfiguration {
  pre_webhook_url: string | null;
  post_webhook_url: string | null;
  method: string | null;
  filters: readonly string[] | null;
}

interface Dated {
  date_created: number;
  date_updated: number;
}

export interface Service extends Dated {
  readonly sid: string;
  friendly_name: string;
  readonly configuration: ServiceConfiguration;
  readonly webhooks: WebhookConfiguration;
  /** Only Chat v2 shows these two (https://www.twilio.com/docs/chat/rest/service-resource). */
  pre_webhook_retry_count: number;
  post_webhook_retry_count: number;
  readonly conversations: Ledger<Conversation>;
  readonly media: Map<string, Media>;
  readonly users: Ledger<User>;
  readonly roles: Ledger<Role>;
  /** ConversationSid by UniqueName. */
  readonly uniqueNames: Map<string, string>;
  /** ConversationSids by identity or address. */
  readonly memberships: Map<string, Set<string>>;
}

export interface ServiceConfiguration {
  default_conversation_creator_role_sid: string;
  default_conversation_role_sid: string;
  default_chat_service_role_sid: string;
  reachability_enabled: boolean;
  readonly notifications: Record<string, unknown>;
}

export type ConversationState = 'initializing' | 'active' | 'inactive' | 'closed';

export interface Conversation extends Dated {
  readonly sid: string;
  messaging_service_sid: string;
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  state: ConversationState;
  /** ISO 8601 durations; null: never. */
  timers: { inactive: string | null; closed: string | null };
  /** What the timers count from. */
  last_activity: number;
  bindings: Record<string, unknown>;
  readonly created_by: string;
  readonly messages: Ledger<Message>;
  readonly participants: Ledger<Participant>;
  readonly webhooks: Ledger<ScopedWebhook>;
}

export interface MessagingBinding {
  readonly type: string;
  readonly address?: string;
  readonly proxy_address?: string;
  readonly projected_address?: string;
}

export interface Participant extends Dated {
  readonly sid: string;
  identity: string | null;
  attributes: string;
  messaging_binding: MessagingBinding | null;
  role_sid: string | null;
  last_read_message_index: number | null;
  last_read_timestamp: string | null;
  /** When this participant last wrote; opens WhatsApp's 24-hour window. */
  last_inbound: number | null;
}

export interface Message extends Dated {
  readonly sid: string;
  readonly index: number;
  author: string;
  body: string | null;
  media: readonly MessageMedia[] | null;
  attributes: string;
  subject: string | null;
  readonly participant_sid: string | null;
  readonly content_sid: string | null;
  /** The template as the channel shows it, when the message came from one. */
  readonly content: RenderedContent | null;
  /** What `…/ChannelMetadata` answers when the setting `channelMetadata` is `stub`. */
  readonly channel_metadata: Record<string, unknown> | null;
  /** Who wrote it, as its webhooks say. */
  readonly source: { readonly Source: string; readonly ClientIdentity?: string };
  /** When the service wrote it, whatever DateCreated says; what a stale list goes by. */
  readonly stored_at: number;
  readonly receipts: Ledger<Receipt>;
}

export interface MessageMedia {
  readonly sid: string;
  readonly size: number;
  readonly content_type: string;
  readonly filename: string | null;
}

export interface RenderedContent {
  /** As `twilio/quick-reply`. */
  readonly type: string;
  /** The type's own fields with every placeholder filled. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What `body` shows. */
  readonly body: string | null;
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'failed' | 'undelivered';

export interface Receipt extends Dated {
  readonly sid: string;
  readonly channel_message_sid: string;
  readonly participant_sid: string;
  /** `queued` is ours, before Twilio would show the receipt. */
  status: 'queued' | DeliveryStatus;
  error_code: number;
  /** How the leg will end, when it will not arrive. */
  readonly failure: { readonly errorCode: number; readonly status: 'failed' | 'undelivered' } | null;
}

export interface ScopedWebhook extends Dated {
  readonly sid: string;
  readonly target: 'webhook' | 'studio' | 'trigger';
  url: string | null;
  method: string;
  filters: readonly string[];
  triggers: readonly string[];
  flow_sid: string | null;
}

export interface User extends Dated {
  readonly sid: string;
  readonly identity: string;
  friendly_name: string | null;
  attributes: string;
  role_sid: string;
  /** Notification level by ConversationSid. */
  readonly notification_levels: Record<string, string>;
}

export interface Role extends Dated {
  readonly sid: string;
  readonly friendly_name: string;
  readonly type: string;
  permissions: readonly string[];
}

export interface Media {
  readonly sid: string;
  readonly content_type: string;
  readonly filename: string | null;
  readonly author: string;
  readonly bytes: Uint8Array;
  readonly date_created: number;
  /** The message it went with: a media SID can be used once. */
  message_sid: string | null;
}

export interface Content extends Dated {
  readonly sid: string;
  friendly_name: string | null;
  language: string;
  variables: Readonly<Record<string, string>>;
  types: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** WhatsApp's verdict on the template; null: never asked. */
  approval: Approval | null;
}

export interface Approval {
  readonly name: string;
  readonly category: string;
  readonly status: string;
}

export interface AddressConfiguration extends Dated {
  readonly sid: string;
  readonly type: string;
  readonly address: string;
  friendly_name: string | null;
  address_country: string | null;
  auto_creation: AutoCreation;
}

export interface AutoCreation {
  enabled: boolean;
  type: string;
  conversation_service_sid: string | null;
  webhook_url: string | null;
  webhook_method: string | null;
  webhook_filters: readonly string[] | null;
  studio_flow_sid: string | null;
  studio_retry_count: number | null;
}

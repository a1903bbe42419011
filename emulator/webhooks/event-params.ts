import type { Core } from '../core.ts';
import { webhookDate } from '../dates.ts';
import type { Conversation, Message, Participant, Receipt, Service, User } from '../state.ts';
import type { EventParams } from './event-names.ts';

/**
 * The form parameters of each event, in Twilio's names: webhook dates carry milliseconds, what is absent is left
 * out. What every event carries (AccountSid, EventType, Source, ClientIdentity, RetryCount) is added when it is sent.
 */
type Loose = readonly (readonly [name: string, value: string | number | null | undefined])[];

export interface Draft {
  readonly Body: string | null;
  readonly Author: string;
  readonly Attributes: string;
  readonly ParticipantSid: string | null;
  readonly Media: string | undefined;
}

export function messageDraftParams(core: Core, conversation: Conversation, draft: Draft): EventParams {
  return present([
    ['ConversationSid', conversation.sid],
    ['Body', bodyParam(core, draft.Body, draft.Media !== undefined)],
    ['Author', draft.Author],
    ['ParticipantSid', draft.ParticipantSid],
    ['Attributes', draft.Attributes],
    ['Media', draft.Media],
  ]);
}

export function messageParams(
  core: Core,
  service: Service,
  conversation: Conversation,
  message: Message,
  phase: 'added' | 'changed' | 'removed',
): EventParams {
  const media = mediaParam(message);
  return present([
    ['ConversationSid', conversation.sid],
    ['ChatServiceSid', service.sid],
    ['MessageSid', message.sid],
    ['MessagingServiceSid', phase === 'added' ? conversation.messaging_service_sid : undefined],
    ['Index', message.index],
    ['DateCreated', webhookDate(message.date_created)],
    ['DateUpdated', phase === 'added' ? undefined : webhookDate(message.date_updated)],
    ['DateRemoved', phase === 'removed' ? webhookDate(core.timeline.now()) : undefined],
    ['Body', bodyParam(core, message.body, media !== undefined)],
    ['Author', message.author],
    ['ParticipantSid', message.participant_sid],
    ['Attributes', message.attributes],
    ['Media', media],
  ]);
}

/** PascalCase here, unlike REST. */
export function mediaParam(message: Pick<Message, 'media'>): string | undefined {
  if (message.media === null) return undefined;
  return JSON.stringify(
    message.media.map((item) => ({
      Sid: item.sid,
      ...(item.filename === null ? {} : { Filename: item.filename }),
      ContentType: item.content_type,
      Size: item.size,
    })),
  );
}

/** The binding and the text that made a conversation come about by itself. */
export interface Opening {
  /** More than one for a group MMS: the parameter is then repeated. */
  readonly addresses: readonly string[];
  readonly proxyAddress: string;
  readonly body?: string;
}

export function conversationParams(
  core: Core,
  service: Service,
  conversation: Conversation,
  phase: 'add' | 'added' | 'changed' | 'removed',
  opening?: Opening,
): EventParams {
  const exists = phase !== 'add';
  return present([
    ['ConversationSid', exists ? conversation.sid : undefined],
    ['DateCreated', exists ? webhookDate(conversation.date_created) : undefined],
    ['DateUpdated', exists ? webhookDate(conversation.date_updated) : undefined],
    ['DateRemoved', phase === 'removed' ? webhookDate(core.timeline.now()) : undefined],
    ['FriendlyName', conversation.friendly_name],
    ['UniqueName', conversation.unique_name],
    ['Attributes', conversation.attributes],
    ['ChatServiceSid', service.sid],
    ['MessagingServiceSid', conversation.messaging_service_sid],
    ['MessagingBinding.ProxyAddress', opening?.proxyAddress],
    ...(opening?.addresses ?? []).map((address) => ['MessagingBinding.Address', address] as const),
    ['MessageBody', phase === 'add' ? opening?.body : undefined],
    ['State', conversation.state],
  ]);
}

export function stateParams(
  service: Service,
  conversation: Conversation,
  change: { from: string; at: number; reason: 'API' | 'TIMER' | 'EVENT' },
): EventParams {
  return present([
    ['ChatServiceSid', service.sid],
    ['StateUpdated', webhookDate(change.at)],
    ['StateFrom', change.from],
    ['StateTo', conversation.state],
    ['ConversationSid', conversation.sid],
    ['Reason', change.reason],
    ['MessagingServiceSid', conversation.messaging_service_sid],
  ]);
}

export function participantParams(
  core: Core,
  conversation: Conversation,
  participant: Participant,
  phase: 'add' | 'added' | 'update' | 'updated' | 'remove' | 'removed',
): EventParams {
  const binding = participant.messaging_binding;
  const changed = phase !== 'add' && phase !== 'added';
  return present([
    ['ConversationSid', conversation.sid],
    ['ParticipantSid', phase === 'add' ? undefined : participant.sid],
    ['DateCreated', phase === 'add' ? undefined : webhookDate(participant.date_created)],
    ['DateUpdated', changed ? webhookDate(participant.date_updated) : undefined],
    ['DateRemoved', phase === 'removed' ? webhookDate(core.timeline.now()) : undefined],
    ['Identity', participant.identity],
    ['RoleSid', participant.role_sid],
    ['Attributes', participant.attributes],
    ['MessagingBinding.ProxyAddress', binding?.proxy_address],
    ['MessagingBinding.Address', binding?.address],
    ['MessagingBinding.ProjectedAddress', binding?.projected_address],
    ['MessagingBinding.Type', (binding?.type ?? 'chat').toUpperCase()],
    ['LastReadMessageIndex', phase === 'updated' ? participant.last_read_message_index : undefined],
  ]);
}

export function deliveryParams(
  service: Service,
  conversation: Conversation,
  message: Message,
  receipt: Receipt,
): EventParams {
  return present([
    ['ConversationSid', conversation.sid],
    ['ChatServiceSid', service.sid],
    ['MessageSid', message.sid],
    ['DeliveryReceiptSid', receipt.sid],
    ['ChannelMessageSid', receipt.channel_message_sid],
    ['ParticipantSid', receipt.participant_sid],
    ['Status', receipt.status],
    ['ErrorCode', receipt.error_code === 0 ? undefined : receipt.error_code],
    ['DateCreated', webhookDate(receipt.date_created)],
    ['DateUpdated', webhookDate(receipt.date_updated)],
  ]);
}

export function userParams(service: Service, user: User, phase: 'added' | 'update' | 'updated'): EventParams {
  return present([
    ['ChatServiceSid', service.sid],
    ['UserSid', user.sid],
    ['DateCreated', webhookDate(user.date_created)],
    ['DateUpdated', phase === 'added' ? undefined : webhookDate(user.date_updated)],
    ['Identity', user.identity],
    ['RoleSid', user.role_sid],
    ['Attributes', user.attributes],
    ['FriendlyName', user.friendly_name],
    ['isOnline', phase === 'updated' ? 'false' : undefined],
    ['isNotifiable', phase === 'updated' ? 'false' : undefined],
  ]);
}

function bodyParam(core: Core, body: string | null, hasMedia: boolean): string | undefined {
  if (body !== null) return body;
  return hasMedia && core.settings.mediaOnlyBody === 'omit' ? undefined : '';
}

function present(params: Loose): EventParams {
  return params.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)] as const],
  );
}

import type { Place } from './call.ts';
import type { Core } from './core.ts';
import { parseDuration, restDate } from './dates.ts';
import { summarizeDelivery } from './resources/summarize-delivery.ts';
import type { Conversation, Message, Participant, Receipt, ScopedWebhook, Service, User } from './state.ts';

/** Resources as REST shows them: Twilio's fields, printed dates, and absolute links under the caller's prefix. */
export type Resource = Readonly<Record<string, unknown>>;

export function showConversation(
  core: Core,
  place: Place,
  service: Service,
  conversation: Conversation,
): Resource {
  const url = conversationUrl(place, conversation);
  return {
    sid: conversation.sid,
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    messaging_service_sid: conversation.messaging_service_sid,
    friendly_name: conversation.friendly_name,
    unique_name: conversation.unique_name,
    attributes: conversation.attributes,
    ...dates(conversation),
    state: conversation.state,
    timers: showTimers(conversation),
    bindings: conversation.bindings,
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
      export: `${url}/Export`,
    },
  };
}

/** When the conversation will become inactive and closed if nothing is said until then. */
export function showTimers(conversation: Conversation): Resource {
  const date = (duration: string | null) => {
    const ms = duration === null ? 0 : (parseDuration(duration) ?? 0);
    return ms === 0 ? undefined : restDate(conversation.last_activity + ms);
  };
  const inactive = conversation.state === 'active' ? date(conversation.timers.inactive) : undefined;
  const closed = conversation.state === 'closed' ? undefined : date(conversation.timers.closed);
  return {
    ...(inactive === undefined ? {} : { date_inactive: inactive }),
    ...(closed === undefined ? {} : { date_closed: closed }),
  };
}

export function showParticipant(
  core: Core,
  place: Place,
  service: Service,
  conversation: Conversation,
  participant: Participant,
): Resource {
  const { sid, identity, attributes, messaging_binding, role_sid } = participant;
  return {
    ...owners(core, place, service, conversation),
    sid,
    identity,
    attributes,
    messaging_binding,
    role_sid,
    ...dates(participant),
    last_read_message_index: participant.last_read_message_index,
    last_read_timestamp: participant.last_read_timestamp,
    url: `${conversationUrl(place, conversation)}/Participants/${sid}`,
  };
}

export function showMessage(
  core: Core,
  place: Place,
  service: Service,
  conversation: Conversation,
  message: Message,
): Resource {
  const url = `${conversationUrl(place, conversation)}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    ...owners(core, place, service, conversation),
    body: message.body,
    media: message.media,
    author: message.author,
    participant_sid: message.participant_sid,
    attributes: message.attributes,
    ...dates(message),
    index: message.index,
    delivery: summarizeDelivery(message.receipts.items),
    content_sid: message.content_sid,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}

export function showReceipt(
  core: Core,
  place: Place,
  service: Service,
  conversation: Conversation,
  message: Message,
  receipt: Receipt,
): Resource {
  return {
    sid: receipt.sid,
    ...owners(core, place, service, conversation),
    message_sid: message.sid,
    channel_message_sid: receipt.channel_message_sid,
    status: receipt.status,
    error_code: receipt.error_code,
    participant_sid: receipt.participant_sid,
    ...dates(receipt),
    url: `${conversationUrl(place, conversation)}/Messages/${message.sid}/Receipts/${receipt.sid}`,
  };
}

export function showScopedWebhook(
  core: Core,
  place: Place,
  service: Service,
  conversation: Conversation,
  webhook: ScopedWebhook,
): Resource {
  const { sid, target, url, method, flow_sid } = webhook;
  const filters = target === 'trigger' ? webhook.triggers : webhook.filters;
  return {
    sid,
    ...owners(core, place, service, conversation),
    target,
    configuration: target === 'studio' ? { flow_sid, filters } : { url, method, filters },
    ...dates(webhook),
    url: `${conversationUrl(place, conversation)}/Webhooks/${sid}`,
  };
}

export function showUser(core: Core, place: Place, service: Service, user: User): Resource {
  const url = `${place.origin}${place.base}/Users/${user.sid}`;
  const { sid, identity, friendly_name, attributes, role_sid } = user;
  return {
    sid,
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    role_sid,
    identity,
    friendly_name,
    attributes,
    is_online: null,
    is_notifiable: null,
    ...dates(user),
    url,
    links: { user_conversations: `${url}/Conversations` },
  };
}

export function conversationUrl(place: Place, conversation: Conversation): string {
  return `${place.origin}${place.base}/Conversations/${conversation.sid}`;
}

export function dates(item: { date_created: number; date_updated: number }): Resource {
  return { date_created: restDate(item.date_created), date_updated: restDate(item.date_updated) };
}

/** Under the short prefix Twilio leaves `chat_service_sid` out of what belongs to a conversation. */
function owners(core: Core, { base }: Place, service: Service, conversation: Conversation): Resource {
  return {
    account_sid: core.state.account_sid,
    ...(base === '/v1' ? {} : { chat_service_sid: service.sid }),
    conversation_sid: conversation.sid,
  };
}

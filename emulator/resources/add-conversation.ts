import type { Core } from '../core.ts';
import { Ledger } from '../ledger.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import type { Conversation, ConversationState, Service } from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { askPermission } from '../webhooks/ask-permission.ts';
import { conversationParams, type Opening } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { releasePairs, startTimers } from './conversation-states.ts';
import { forgetMembership } from './memberships.ts';
import { tellConversation } from './tell.ts';

/** What can be given when a conversation is created. */
export interface ConversationDraft {
  /** Made up when absent. */
  readonly sid?: string;
  readonly friendly_name?: string | null;
  readonly unique_name?: string | null;
  readonly attributes?: string;
  readonly messaging_service_sid?: string;
  readonly state?: ConversationState;
  readonly timers?: { readonly inactive: string | null; readonly closed: string | null };
  readonly bindings?: Record<string, unknown>;
  readonly date_created?: number;
  readonly date_updated?: number;
}

export async function addConversation(
  core: Core,
  actor: Actor,
  service: Service,
  draft: ConversationDraft,
  opening?: Opening,
): Promise<Conversation> {
  const conversation = newConversation(core, actor, draft);
  requireFreeName(service, conversation);
  const params = conversationParams(core, service, conversation, 'add', opening);
  const { friendly_name } = await askPermission(core, actor, service, 'onConversationAdd', params);
  requireFreeName(service, conversation);
  if (typeof friendly_name === 'string') conversation.friendly_name = friendly_name;
  service.conversations.add(conversation);
  if (conversation.unique_name !== null) service.uniqueNames.set(conversation.unique_name, conversation.sid);
  tellConversation(core, service, conversation, 'added');
  publishEvent(core, actor, {
    EventType: 'onConversationAdded',
    service,
    conversation,
    params: conversationParams(core, service, conversation, 'added', opening),
  });
  startTimers(core, service, conversation);
  return conversation;
}

function newConversation(core: Core, actor: Actor, draft: ConversationDraft): Conversation {
  const now = core.timeline.now();
  const { configuration } = core.state;
  const created = draft.date_created ?? now;
  return {
    sid: draft.sid ?? core.newSid('CH'),
    messaging_service_sid: draft.messaging_service_sid ?? configuration.default_messaging_service_sid,
    friendly_name: draft.friendly_name ?? null,
    unique_name: draft.unique_name ?? null,
    attributes: draft.attributes ?? '{}',
    state: draft.state ?? 'active',
    timers: {
      inactive: draft.timers?.inactive ?? configuration.default_inactive_timer,
      closed: draft.timers?.closed ?? configuration.default_closed_timer,
    },
    last_activity: now,
    bindings: draft.bindings ?? {},
    created_by: actor.ClientIdentity ?? 'system',
    date_created: created,
    date_updated: draft.date_updated ?? created,
    messages: new Ledger(),
    participants: new Ledger(),
    webhooks: new Ledger(),
  };
}

export function requireFreeName(service: Service, { sid, unique_name }: Conversation): void {
  if (unique_name === null) return;
  const holder = service.uniqueNames.get(unique_name);
  if (holder !== undefined && holder !== sid) throw new RefusalError(50353);
}

export async function removeConversation(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
): Promise<void> {
  const params = conversationParams(core, service, conversation, 'changed');
  await askPermission(core, actor, service, 'onConversationRemove', params);
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  publishEvent(core, actor, {
    EventType: 'onConversationRemoved',
    service,
    conversation,
    params: conversationParams(core, service, conversation, 'removed'),
  });
  service.conversations.remove(conversation.sid);
  if (conversation.unique_name !== null) service.uniqueNames.delete(conversation.unique_name);
  releasePairs(core, conversation);
  for (const participant of conversation.participants.items)
    forgetMembership(service, conversation, participant);
  tellConversation(core, service, conversation, 'removed');
}

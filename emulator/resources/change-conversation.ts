import type { Core } from '../core.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import type { Conversation, Service } from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { askPermission } from '../webhooks/ask-permission.ts';
import { conversationParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { type ConversationDraft, requireFreeName } from './add-conversation.ts';
import { moveTo, startTimers } from './conversation-states.ts';
import { tellConversation } from './tell.ts';

export async function changeConversation(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  draft: ConversationDraft,
): Promise<void> {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  if (conversation.state === 'initializing') throw new RefusalError(50386);
  const { state, timers, ...fields } = draft;
  const wanted = { ...conversation, ...fields };
  requireFreeName(service, wanted);
  const params = conversationParams(core, service, wanted, 'changed');
  const { friendly_name } = await askPermission(core, actor, service, 'onConversationUpdate', params);
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  requireFreeName(service, wanted);
  rename(service, conversation, draft);
  Object.assign(conversation, { date_updated: core.timeline.now() }, fields);
  if (typeof friendly_name === 'string') conversation.friendly_name = friendly_name;
  tellConversation(core, service, conversation, 'updated');
  publishEvent(core, actor, {
    EventType: 'onConversationUpdated',
    service,
    conversation,
    params: conversationParams(core, service, conversation, 'changed'),
  });
  if (timers !== undefined) {
    conversation.timers = {
      inactive: timers.inactive ?? conversation.timers.inactive,
      closed: timers.closed ?? conversation.timers.closed,
    };
    conversation.last_activity = core.timeline.now();
    startTimers(core, service, conversation);
  }
  if (state !== undefined) moveTo(core, service, conversation, state, 'API', actor);
}

function rename(service: Service, conversation: Conversation, { unique_name }: ConversationDraft): void {
  if (unique_name === undefined) return;
  if (conversation.unique_name !== null) service.uniqueNames.delete(conversation.unique_name);
  if (unique_name !== null) service.uniqueNames.set(unique_name, conversation.sid);
}

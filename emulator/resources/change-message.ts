import type { Core } from '../core.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import type { Conversation, Message, Service } from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { askPermission } from '../webhooks/ask-permission.ts';
import { messageParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { readMessageChanges } from './add-message.ts';
import { tellMessage } from './tell.ts';

export type MessageChange = Partial<
  Pick<Message, 'body' | 'author' | 'attributes' | 'subject' | 'date_created' | 'date_updated'>
>;

/** Edits a message. Edits do not reach those who already got it on a channel. */
export async function changeMessage(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  message: Message,
  change: MessageChange,
): Promise<void> {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  const wanted = { ...message, ...change };
  const params = messageParams(core, service, conversation, wanted, 'changed');
  const asked = await askPermission(core, actor, service, 'onMessageUpdate', params);
  requireThere(service, conversation, message);
  const { author, attributes, body } = readMessageChanges(core, conversation, asked);
  Object.assign(
    message,
    { date_updated: core.timeline.now() },
    change,
    author === undefined ? {} : { author },
    attributes === undefined ? {} : { attributes },
    body === undefined || body === null ? {} : { body },
  );
  tellMessage(core, service, conversation, message, 'updated');
  publishEvent(core, actor, {
    EventType: 'onMessageUpdated',
    service,
    conversation,
    params: messageParams(core, service, conversation, message, 'changed'),
  });
}

export async function removeMessage(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  message: Message,
): Promise<void> {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  const params = messageParams(core, service, conversation, message, 'changed');
  await askPermission(core, actor, service, 'onMessageRemove', params);
  requireThere(service, conversation, message);
  conversation.messages.remove(message.sid);
  tellMessage(core, service, conversation, message, 'removed');
  publishEvent(core, actor, {
    EventType: 'onMessageRemoved',
    service,
    conversation,
    params: messageParams(core, service, conversation, message, 'removed'),
  });
}

/** While the pre-event webhook was thinking, somebody else may have removed it. */
function requireThere(service: Service, conversation: Conversation, message: Message): void {
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  if (conversation.messages.get(message.sid) !== message) {
    throw notFound(`/Conversations/${conversation.sid}/Messages/${message.sid}`);
  }
}

import { MAX_ATTRIBUTES_BYTES, MAX_NAME } from '../../lib/limits.ts';
import type { Core } from '../core.ts';
import { Ledger } from '../ledger.ts';
import { checkAttributes } from '../parameters.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import type { Conversation, Message, Service } from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { askPermission, type Changes } from '../webhooks/ask-permission.ts';
import { mediaParam, messageDraftParams, messageParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { findAuthor, isGroup } from './conversation-channel.ts';
import { wakeConversation } from './conversation-states.ts';
import { sendLegs } from './delivery.ts';
import { checkBody, type MessageDraft } from './message-draft.ts';
import { tellMessage } from './tell.ts';

/**
 * Writes a message: asks the pre-event webhook where the actor must, gives it the next index, wakes the
 * conversation, sends it to everybody on a channel and calls the post-event webhooks.
 */
export async function addMessage(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  given: MessageDraft,
): Promise<Message> {
  requireOpen(conversation, actor);
  const draft = actor.asksFirst ? await askAbout(core, actor, service, conversation, given) : given;
  const message = writeMessage(core, actor, conversation, draft);
  tellMessage(core, service, conversation, message, 'added');
  wakeConversation(core, service, conversation);
  publishEvent(core, actor, {
    EventType: 'onMessageAdded',
    service,
    conversation,
    params: messageParams(core, service, conversation, message, 'added'),
    body: message.body,
  });
  // A customer's phone has sent a group MMS to all the others itself.
  if (!actor.overChannel || !isGroup(conversation)) sendLegs(core, service, conversation, message, draft);
  return message;
}

/** Nothing can be said in a conversation that is closed, and in one still being set up only what comes in. */
function requireOpen(conversation: Conversation, { overChannel }: Actor): void {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  if (conversation.state === 'initializing' && !overChannel) throw new RefusalError(50386);
}

async function askAbout(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  draft: MessageDraft,
): Promise<MessageDraft> {
  const params = messageDraftParams(core, conversation, {
    Body: draft.body,
    Author: draft.author,
    Attributes: draft.attributes,
    ParticipantSid: findAuthor(conversation, draft.author)?.sid ?? null,
    Media: mediaParam({ media: draft.media.length === 0 ? null : draft.media.map(showMedia) }),
  });
  const changes = await askPermission(core, actor, service, 'onMessageAdd', params);
  // While the webhook was thinking, the conversation may have been closed or deleted.
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  requireOpen(conversation, actor);
  return { ...draft, ...readMessageChanges(core, conversation, changes) };
}

/** What a pre-event webhook may change of a message; a change that breaks a limit is the client's error. */
export function readMessageChanges(
  core: Core,
  conversation: Conversation,
  changes: Changes,
): Partial<Pick<MessageDraft, 'body' | 'author' | 'attributes'>> {
  const { body, author, attributes } = changes;
  if (typeof body === 'string') checkBody(core, conversation, body);
  if (typeof author === 'string' && author.length > MAX_NAME) throw new RefusalError(50310);
  if (typeof attributes === 'string') checkAttributes(attributes, MAX_ATTRIBUTES_BYTES);
  return {
    ...(typeof body === 'string' ? { body } : {}),
    ...(typeof author === 'string' ? { author } : {}),
    ...(typeof attributes === 'string' ? { attributes } : {}),
  };
}

function writeMessage(core: Core, actor: Actor, conversation: Conversation, draft: MessageDraft): Message {
  const now = core.timeline.now();
  const created = draft.dateCreated ?? now;
  const message: Message = {
    sid: core.newSid('IM'),
    index: conversation.messages.nextOrdinal,
    author: draft.author,
    body: draft.body,
    media: draft.media.length === 0 ? null : draft.media.map(showMedia),
    attributes: draft.attributes,
    subject: draft.subject,
    participant_sid: findAuthor(conversation, draft.author)?.sid ?? null,
    content_sid: draft.content?.template.sid ?? null,
    content: draft.content?.rendered ?? null,
    channel_metadata: draft.channelMetadata,
    date_created: created,
    date_updated: draft.dateUpdated ?? created,
    source: {
      Source: actor.Source,
      ...(actor.ClientIdentity === undefined ? {} : { ClientIdentity: actor.ClientIdentity }),
    },
    stored_at: now,
    receipts: new Ledger(),
  };
  for (const media of draft.media) media.message_sid = message.sid;
  return conversation.messages.add(message);
}

function showMedia({ sid, bytes, content_type, filename }: MessageDraft['media'][number]) {
  return { sid, size: bytes.length, content_type, filename };
}

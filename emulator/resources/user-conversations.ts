import { type Call, gone, ok, type Route } from '../call.ts';
import type { Core } from '../core.ts';
import { answerPage } from '../paging.ts';
import { readChoice, requireAny } from '../parameters.ts';
import { notFound } from '../refusal-error.ts';
import { conversationUrl, dates, type Resource, showTimers } from '../show.ts';
import type { Conversation, Participant, Service, User } from '../state.ts';
import { restActor } from '../webhooks/actor.ts';
import { changeParticipant, removeParticipant } from './change-participant.ts';
import { conversationsOf } from './memberships.ts';
import { userOf } from './users.ts';

/** https://www.twilio.com/docs/conversations/api/user-conversation-resource */

interface Membership {
  readonly service: Service;
  readonly user: User;
  readonly conversation: Conversation;
  readonly participant: Participant;
}

export const listUserConversations: Route = (core, call) => {
  const { service, user } = userOf(core, call);
  const items = conversationsOf(service, user.identity).map((conversation) =>
    membershipIn(service, user, conversation),
  );
  return answerPage(core, call, {
    key: 'conversations',
    listing: { ordinals: items.map((_, n) => n), items },
    maximum: 50,
    show: (membership) => showMembership(core, call, membership),
  });
};

export const fetchUserConversation: Route = (core, call) =>
  ok(showMembership(core, call, membershipOf(core, call)));

export const updateUserConversation: Route = async (core, call) => {
  const membership = membershipOf(core, call);
  const { service, user, conversation, participant } = membership;
  const { form } = call;
  requireAny(form, ['NotificationLevel', 'LastReadTimestamp', 'LastReadMessageIndex']);
  const level = readChoice(form, 'NotificationLevel', ['default', 'muted'], 50210);
  if (form.has('LastReadTimestamp') || form.has('LastReadMessageIndex')) {
    await changeParticipant(core, restActor(core, false), service, conversation, participant, form);
  }
  if (level !== undefined) user.notification_levels[conversation.sid] = level;
  return ok(showMembership(core, call, membership));
};

export const deleteUserConversation: Route = async (core, call) => {
  const { service, conversation, participant } = membershipOf(core, call);
  await removeParticipant(core, restActor(core, false), service, conversation, participant);
  return gone;
};

function membershipOf(core: Core, call: Call): Membership {
  const { service, user } = userOf(core, call);
  const sid = call.params['ConversationSid'] ?? '';
  const conversation = conversationsOf(service, user.identity).find((candidate) => candidate.sid === sid);
  if (conversation === undefined) throw notFound(`${call.base}/Users/${user.sid}/Conversations/${sid}`);
  return membershipIn(service, user, conversation);
}

function membershipIn(service: Service, user: User, conversation: Conversation): Membership {
  const participant = conversation.participants.items.find(({ identity }) => identity === user.identity);
  if (participant === undefined)
    throw notFound(`/Conversations/${conversation.sid}/Participants/${user.identity}`);
  return { service, user, conversation, participant };
}

function showMembership(
  core: Core,
  call: Call,
  { service, user, conversation, participant }: Membership,
): Resource {
  const url = conversationUrl(call, conversation);
  const read = participant.last_read_message_index;
  return {
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    conversation_sid: conversation.sid,
    unread_messages_count:
      read === null ? null : conversation.messages.items.filter(({ index }) => index > read).length,
    last_read_message_index: read,
    participant_sid: participant.sid,
    user_sid: user.sid,
    friendly_name: conversation.friendly_name,
    conversation_state: conversation.state,
    timers: showTimers(conversation),
    attributes: conversation.attributes,
    ...dates(conversation),
    created_by: conversation.created_by,
    notification_level: user.notification_levels[conversation.sid] ?? 'default',
    unique_name: conversation.unique_name,
    url: `${call.origin}${call.base}/Users/${user.sid}/Conversations/${conversation.sid}`,
    links: { participant: `${url}/Participants/${participant.sid}`, conversation: url },
  };
}

import { type Call, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { restDate } from '../dates.ts';
import { answerPage } from '../paging.ts';
import { RefusalError } from '../refusal-error.ts';
import { conversationUrl, type Resource, showTimers } from '../show.ts';
import type { Conversation, MessagingBinding, Participant, Service } from '../state.ts';
import { findUser } from './ensure-user.ts';
import { conversationsOf } from './memberships.ts';

/** https://www.twilio.com/docs/conversations/api/service-participant-conversation-resource */
export const listParticipantConversations: Route = (core, call) => {
  const service = serviceOf(core, call);
  const identity = call.query.get('Identity');
  const address = call.query.get('Address');
  if ((identity === null) === (address === null)) throw new RefusalError(50451);
  const name = identity ?? address ?? '';
  const items = conversationsOf(service, name).flatMap((conversation) => {
    const participant = conversation.participants.items.find((candidate) =>
      identity === null ? hasAddress(candidate, name) : candidate.identity === name,
    );
    return participant === undefined ? [] : [{ conversation, participant }];
  });
  return answerPage(core, call, {
    key: 'conversations',
    listing: { ordinals: items.map((_, n) => n), items },
    maximum: 50,
    show: ({ conversation, participant }) => show(core, call, service, conversation, participant),
  });
};

function hasAddress({ messaging_binding: binding }: Participant, address: string): boolean {
  return binding?.address === address || binding?.projected_address === address;
}

function show(
  core: Core,
  call: Call,
  service: Service,
  conversation: Conversation,
  participant: Participant,
): Resource {
  const url = conversationUrl(call, conversation);
  const { identity, messaging_binding } = participant;
  return {
    account_sid: core.state.account_sid,
    chat_service_sid: service.sid,
    participant_sid: participant.sid,
    participant_user_sid: identity === null ? null : (findUser(service, identity)?.sid ?? null),
    participant_identity: identity,
    participant_messaging_binding: messaging_binding === null ? null : showBinding(messaging_binding),
    conversation_sid: conversation.sid,
    conversation_unique_name: conversation.unique_name,
    conversation_friendly_name: conversation.friendly_name,
    conversation_attributes: conversation.attributes,
    conversation_date_created: restDate(conversation.date_created),
    conversation_date_updated: restDate(conversation.date_updated),
    conversation_created_by: conversation.created_by,
    conversation_state: conversation.state,
    conversation_timers: showTimers(conversation),
    links: { participant: `${url}/Participants/${participant.sid}`, conversation: url },
  };
}

/** Here, and only here, Twilio shows every field a binding can have. */
function showBinding({ type, address, proxy_address, projected_address }: MessagingBinding): Resource {
  return {
    type,
    address: address ?? null,
    proxy_address: proxy_address ?? null,
    projected_address: projected_address ?? null,
    level: null,
    name: null,
  };
}

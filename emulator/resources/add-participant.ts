import type { Core } from '../core.ts';
import {
  CONVERSATIONS_OF_A_USER,
  GROUP_PARTICIPANTS,
  NON_CHAT_PARTICIPANTS,
  PARTICIPANTS,
} from '../limits.ts';
import { notFound, RefusalError } from '../refusal-error.ts';
import {
  type Conversation,
  type MessagingBinding,
  type Participant,
  pairKey,
  type Service,
} from '../state.ts';
import type { Actor } from '../webhooks/actor.ts';
import { askPermission } from '../webhooks/ask-permission.ts';
import { participantParams } from '../webhooks/event-params.ts';
import { publishEvent } from '../webhooks/publish-event.ts';
import { bindsAsGroup, isGroup, nonChatParticipants } from './conversation-channel.ts';
import { releasePairs } from './conversation-states.ts';
import { ensureUser } from './ensure-user.ts';
import { requireNewGroup } from './groups.ts';
import { conversationsOf, noteMembership } from './memberships.ts';
import { tellParticipant } from './tell.ts';

/** A participant who has been checked by themselves, not yet against the conversation. */
export interface ParticipantDraft {
  readonly identity: string | null;
  readonly messaging_binding: MessagingBinding | null;
  readonly attributes: string;
  readonly role_sid: string | null;
  readonly date_created?: number | undefined;
  readonly date_updated?: number | undefined;
}

export async function addParticipant(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  draft: ParticipantDraft,
): Promise<Participant> {
  requireRoom(core, service, conversation, draft);
  const participant = newParticipant(core, service, draft);
  const params = participantParams(core, conversation, participant, 'add');
  await askPermission(core, actor, service, 'onParticipantAdd', params);
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  requireRoom(core, service, conversation, draft);
  conversation.participants.add(participant);
  noteMembership(service, conversation, participant);
  // What comes in for a group finds it by all its addresses; a member's pair is free for the two of them alone.
  if (isGroup(conversation)) releasePairs(core, conversation);
  holdPair(core, service, conversation, participant);
  if (participant.identity !== null) ensureUser(core, actor, service, participant.identity);
  tellParticipant(core, service, conversation, participant, 'added');
  publishEvent(core, actor, {
    EventType: 'onParticipantAdded',
    service,
    conversation,
    params: participantParams(core, conversation, participant, 'added'),
  });
  return participant;
}

function newParticipant(core: Core, service: Service, draft: ParticipantDraft): Participant {
  const created = draft.date_created ?? core.timeline.now();
  return {
    sid: core.newSid('MB'),
    identity: draft.identity,
    attributes: draft.attributes,
    messaging_binding: draft.messaging_binding,
    role_sid: draft.role_sid ?? service.configuration.default_conversation_role_sid,
    last_read_message_index: null,
    last_read_timestamp: null,
    last_inbound: null,
    date_created: created,
    date_updated: draft.date_updated ?? created,
  };
}

/** Everything that can stand between a participant and this conversation. */
function requireRoom(
  core: Core,
  service: Service,
  conversation: Conversation,
  draft: ParticipantDraft,
): void {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  const { identity, messaging_binding: binding } = draft;
  const group = isGroup(conversation) || bindsAsGroup(binding);
  requireNew(conversation, draft);
  if (!group) requireFreePair(core, draft);
  if (conversation.participants.size >= PARTICIPANTS) throw new RefusalError(50417);
  if (identity !== null && conversationsOf(service, identity).length >= CONVERSATIONS_OF_A_USER) {
    throw new RefusalError(50214);
  }
  if (group) requireRoomInGroup(core, conversation, draft);
  else if (binding !== null && nonChatParticipants(conversation).length >= NON_CHAT_PARTICIPANTS)
    throw new RefusalError(50422);
}

function requireRoomInGroup(core: Core, conversation: Conversation, draft: ParticipantDraft): void {
  if (draft.messaging_binding === null) throw new RefusalError(50434);
  if (conversation.participants.size >= GROUP_PARTICIPANTS) throw new RefusalError(50436);
  // While a group is being set up it is not yet what it will be; whoever began that has looked at all its members.
  if (conversation.state === 'initializing') return;
  requireNewGroup(core, [...conversation.participants.items, draft], conversation);
}

function requireNew(
  conversation: Conversation,
  { identity, messaging_binding: binding }: ParticipantDraft,
): void {
  const group = isGroup(conversation) || bindsAsGroup(binding);
  for (const other of conversation.participants.items) {
    if (identity !== null && other.identity === identity) {
      throw new RefusalError(group && binding !== null ? 50437 : 50433);
    }
    const sameAddress =
      binding?.address !== undefined && other.messaging_binding?.address === binding.address;
    if (sameAddress && group) throw new RefusalError(50437);
  }
}

/** Each pair of addresses leads to one open conversation, or an inbound message could not find its way. */
export function requireFreePair(
  core: Core,
  { messaging_binding: binding }: Pick<ParticipantDraft, 'messaging_binding'>,
): void {
  if (binding?.address === undefined || binding.proxy_address === undefined) return;
  const holder = core.state.pairs.get(pairKey(binding.address, binding.proxy_address));
  if (holder === undefined) return;
  throw new RefusalError(
    50416,
    `A binding for this participant and proxy address already exists in Conversation ${holder.conversation_sid}`,
  );
}

export function holdPair(
  core: Core,
  service: Service,
  conversation: Conversation,
  participant: Participant,
): void {
  const binding = participant.messaging_binding;
  if (binding?.address === undefined || binding.proxy_address === undefined) return;
  if (isGroup(conversation)) return;
  core.state.pairs.set(pairKey(binding.address, binding.proxy_address), {
    service_sid: service.sid,
    conversation_sid: conversation.sid,
    participant_sid: participant.sid,
  });
}

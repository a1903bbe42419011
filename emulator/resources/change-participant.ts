import { addressType } from '../address-type.ts';
import type { Core } from '../core.ts';
import { parseDate } from '../dates.ts';
import { PARTICIPANT_ATTRIBUTES_BYTES } from '../limits.ts';
import { readAttributes, readDate, requireAny } from '../parameters.ts';
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
import { holdPair, requireFreePair } from './add-participant.ts';
import { isGroup } from './conversation-channel.ts';
import { releasePairs } from './conversation-states.ts';
import { forgetMembership, noteMembership } from './memberships.ts';
import { readIdentity, readRole } from './participant-parameters.ts';
import { tellParticipant } from './tell.ts';

const UPDATABLE = [
  'DateCreated',
  'DateUpdated',
  'Identity',
  'Attributes',
  'RoleSid',
  'MessagingBinding.ProxyAddress',
  'MessagingBinding.ProjectedAddress',
  'LastReadMessageIndex',
  'LastReadTimestamp',
];

export async function changeParticipant(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  participant: Participant,
  form: URLSearchParams,
): Promise<void> {
  if (conversation.state === 'closed') throw new RefusalError(50377);
  requireAny(form, UPDATABLE);
  const change = readChange(core, service, conversation, participant, form);
  const wanted = { ...participant, ...change };
  const params = participantParams(core, conversation, wanted, 'update');
  await askPermission(core, actor, service, 'onParticipantUpdate', params);
  requireThere(service, conversation, participant);
  forgetMembership(service, conversation, participant);
  releasePair(core, participant);
  Object.assign(participant, { date_updated: core.timeline.now() }, change);
  noteMembership(service, conversation, participant);
  if (isGroup(conversation)) releasePairs(core, conversation);
  holdPair(core, service, conversation, participant);
  tellParticipant(core, service, conversation, participant, 'updated');
  publishEvent(core, actor, {
    EventType: 'onParticipantUpdated',
    service,
    conversation,
    params: participantParams(core, conversation, participant, 'updated'),
  });
}

export async function removeParticipant(
  core: Core,
  actor: Actor,
  service: Service,
  conversation: Conversation,
  participant: Participant,
): Promise<void> {
  const params = participantParams(core, conversation, participant, 'remove');
  await askPermission(core, actor, service, 'onParticipantRemove', params);
  requireThere(service, conversation, participant);
  conversation.participants.remove(participant.sid);
  forgetMembership(service, conversation, participant);
  releasePair(core, participant);
  tellParticipant(core, service, conversation, participant, 'removed');
  publishEvent(core, actor, {
    EventType: 'onParticipantRemoved',
    service,
    conversation,
    params: participantParams(core, conversation, participant, 'removed'),
  });
}

type Change = Partial<Participant>;

function readChange(
  core: Core,
  service: Service,
  conversation: Conversation,
  participant: Participant,
  form: URLSearchParams,
): Change {
  const all: { [K in keyof Change]: Change[K] | undefined } = {
    identity: readNewIdentity(participant, form),
    attributes: readAttributes(form, PARTICIPANT_ATTRIBUTES_BYTES),
    role_sid: readRole(service, form),
    messaging_binding: readNewBinding(core, conversation, participant, form),
    last_read_message_index: readReadIndex(conversation, form),
    last_read_timestamp: readReadTime(form),
    date_created: readDate(form, 'DateCreated', 50308),
    date_updated: readDate(form, 'DateUpdated', 50309),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function readNewIdentity(participant: Participant, form: URLSearchParams): string | undefined {
  const identity = readIdentity(form);
  if (identity === undefined || identity === participant.identity) return undefined;
  if (participant.identity !== null || participant.messaging_binding?.projected_address === undefined) {
    throw new RefusalError(50444);
  }
  return identity;
}

/** An empty address takes it away, where there is one. */
function readNewBinding(
  core: Core,
  conversation: Conversation,
  participant: Participant,
  form: URLSearchParams,
): MessagingBinding | null | undefined {
  const proxy = form.get('MessagingBinding.ProxyAddress');
  const projected = form.get('MessagingBinding.ProjectedAddress');
  if (proxy === null && projected === null) return undefined;
  let binding: MessagingBinding | null = participant.messaging_binding;
  if (proxy !== null) binding = replaceProxy(binding, proxy);
  if (projected !== null) binding = replaceProjected(binding, projected);
  const unchanged = binding?.proxy_address === participant.messaging_binding?.proxy_address;
  if (!unchanged && !isGroup(conversation)) requireFreePair(core, { messaging_binding: binding });
  return binding;
}

function replaceProxy(binding: MessagingBinding | null, proxy: string): MessagingBinding {
  if (proxy === '') {
    if (binding?.proxy_address === undefined) throw new RefusalError(50440);
    const { proxy_address: _, ...rest } = binding;
    return rest;
  }
  if (binding?.address === undefined) throw new RefusalError(50441);
  if (addressType(proxy, 50408) !== binding.type) throw new RefusalError(50414);
  if (proxy === binding.address) throw new RefusalError(50409);
  return { ...binding, proxy_address: proxy };
}

function replaceProjected(binding: MessagingBinding | null, projected: string): MessagingBinding | null {
  if (projected === '') {
    if (binding?.projected_address === undefined) throw new RefusalError(50442);
    return null;
  }
  if (binding?.address !== undefined) throw new RefusalError(50443);
  return { type: addressType(projected), projected_address: projected };
}

function readReadIndex(conversation: Conversation, form: URLSearchParams): number | undefined {
  const text = form.get('LastReadMessageIndex');
  if (text === null) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new RefusalError(/^-?\d+$/.test(text) ? 50421 : 50516);
  return Math.min(Number(text), Math.max(0, conversation.messages.nextOrdinal - 1));
}

function readReadTime(form: URLSearchParams): string | undefined {
  const text = form.get('LastReadTimestamp') ?? undefined;
  if (text !== undefined && parseDate(text) === undefined) throw new RefusalError(50421);
  return text;
}

function releasePair(core: Core, { sid, messaging_binding: binding }: Participant): void {
  if (binding?.address === undefined || binding.proxy_address === undefined) return;
  const key = pairKey(binding.address, binding.proxy_address);
  if (core.state.pairs.get(key)?.participant_sid === sid) core.state.pairs.delete(key);
}

function requireThere(service: Service, conversation: Conversation, participant: Participant): void {
  if (service.conversations.get(conversation.sid) !== conversation) {
    throw notFound(`/Conversations/${conversation.sid}`);
  }
  if (conversation.participants.get(participant.sid) !== participant) {
    throw notFound(`/Conversations/${conversation.sid}/Participants/${participant.sid}`);
  }
}

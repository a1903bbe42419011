import { addressType } from '../address-type.ts';
import type { Core } from '../core.ts';
import { notFound } from '../refusal-error.ts';
import { addConversation, type ConversationDraft } from '../resources/add-conversation.ts';
import { addParticipant, type ParticipantDraft, requireFreePair } from '../resources/add-participant.ts';
import { makeBinding } from '../resources/messaging-binding.ts';
import { type Resource, showConversation, showParticipant } from '../show.ts';
import type { Conversation, MessagingBinding, Participant, Service } from '../state.ts';
import { channelActor, sdkActor } from '../webhooks/actor.ts';
import type { Opening } from '../webhooks/event-params.ts';
import { CHANNEL_ADDRESSES, type CustomerChannel, onChannel } from './channels.ts';
import { placeIn } from './locate.ts';

export interface StartInput {
  readonly channel: CustomerChannel;
  /** Address (with or without the channel's prefix) or identity. A made-up one when absent. */
  readonly author?: string | undefined;
  /** The business's address. A made-up one when absent: BUSINESS_NUMBER on WhatsApp and by SMS. */
  readonly proxyAddress?: string | undefined;
  readonly serviceSid?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly uniqueName?: string | undefined;
  /** JSON text. */
  readonly attributes?: string | undefined;
}

export async function startConversation(
  core: Core,
  input: StartInput,
): Promise<{ conversation: Resource; participant: Resource }> {
  const service = findService(core, input.serviceSid);
  const { conversation, participant } = await openConversation(core, service, input);
  const place = placeIn(service);
  return {
    conversation: showConversation(core, place, service, conversation),
    participant: showParticipant(core, place, service, conversation, participant),
  };
}

export function findService(core: Core, sid = core.state.configuration.default_chat_service_sid): Service {
  const service = core.state.services.get(sid);
  if (service === undefined) throw notFound(`/Services/${sid}`);
  return service;
}

export interface Opened {
  readonly conversation: Conversation;
  readonly participant: Participant;
}

const PERSON: ParticipantDraft = {
  identity: null,
  messaging_binding: null,
  attributes: '{}',
  role_sid: null,
};

async function openConversation(core: Core, service: Service, input: StartInput): Promise<Opened> {
  const names = {
    friendly_name: input.friendlyName ?? null,
    unique_name: input.uniqueName ?? null,
    ...(input.attributes === undefined ? {} : { attributes: input.attributes }),
  };
  if (input.channel === 'chat') {
    const identity = input.author ?? 'customer';
    const actor = sdkActor(identity);
    const conversation = await addConversation(core, actor, service, names);
    const draft = { ...PERSON, identity };
    return { conversation, participant: await addParticipant(core, actor, service, conversation, draft) };
  }
  const { madeUp, business } = CHANNEL_ADDRESSES[input.channel];
  return openOnChannel(core, service, names, {
    address: onChannel(input.channel, input.author ?? madeUp(core.random)),
    proxyAddress: onChannel(input.channel, input.proxyAddress ?? business),
  });
}

/** What makes a conversation come about over a channel. */
export interface FirstContact {
  readonly address: string;
  readonly proxyAddress: string;
  /** Of the first message, when that is what makes it. */
  readonly body?: string | undefined;
  /** Who else got that message: a group MMS, which is set up in the background. */
  readonly others?: readonly string[] | undefined;
}

export async function openOnChannel(
  core: Core,
  service: Service,
  names: ConversationDraft,
  { address, proxyAddress, body, others = [] }: FirstContact,
): Promise<Opened> {
  const bind = (one: string, proxy?: string) =>
    makeBinding({ address: one, proxyAddress: proxy, projectedAddress: undefined }, core.settings);
  const draft = (messaging_binding: MessagingBinding | null) => ({ ...PERSON, messaging_binding });
  // All are checked before anything is made.
  const first = draft(bind(address, proxyAddress));
  const rest = others.map((other) => draft(bind(other)));
  if (rest.length === 0) requireFreePair(core, first);
  const actor = channelActor(core, addressType(address));
  const opening: Opening = {
    addresses: [address, ...others],
    proxyAddress,
    ...(body === undefined ? {} : { body }),
  };
  const state = others.length > 0 ? 'initializing' : 'active';
  const conversation = await addConversation(core, actor, service, { ...names, state }, opening);
  const participant = await addParticipant(core, actor, service, conversation, first);
  for (const other of rest) await addParticipant(core, actor, service, conversation, other);
  return { conversation, participant };
}

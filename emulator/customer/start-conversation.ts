import type { Core } from '../core.ts';
import { notFound } from '../refusal.ts';
import { addConversation } from '../resources/add-conversation.ts';
import { addParticipant } from '../resources/add-participant.ts';
import { addressType, makeBinding } from '../resources/messaging-binding.ts';
import { type Resource, showConversation, showParticipant } from '../show.ts';
import type { Conversation, Participant, Service } from '../state.ts';
import { channelActor, sdkActor } from '../webhooks/actor.ts';
import type { Opening } from '../webhooks/event-params.ts';
import { BUSINESS_NUMBER } from './business-number.ts';
import { placeIn } from './locate.ts';

export interface StartInput {
  readonly channel: 'whatsapp' | 'sms' | 'chat';
  /** Number (with or without `whatsapp:`) or identity. A made-up one when absent. */
  readonly author?: string | undefined;
  /** The business's number. BUSINESS_NUMBER when absent. */
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

/** @param first the first message, when that is what makes the conversation, and who else got it in a group MMS */
export async function openConversation(
  core: Core,
  service: Service,
  input: StartInput,
  first: { readonly body?: string | undefined; readonly others?: readonly string[] | undefined } = {},
): Promise<{ conversation: Conversation; participant: Participant }> {
  const names = {
    friendly_name: input.friendlyName ?? null,
    unique_name: input.uniqueName ?? null,
    ...(input.attributes === undefined ? {} : { attributes: input.attributes }),
  };
  const person = { attributes: '{}', role_sid: null };
  if (input.channel === 'chat') {
    const identity = input.author ?? 'customer';
    const actor = sdkActor(identity);
    const conversation = await addConversation(core, actor, service, names);
    const draft = { ...person, identity, messaging_binding: null };
    return { conversation, participant: await addParticipant(core, actor, service, conversation, draft) };
  }
  const address = onChannel(input.channel, input.author ?? madeUpNumber(core));
  const proxyAddress = onChannel(input.channel, input.proxyAddress ?? BUSINESS_NUMBER);
  const binding = makeBinding({ address, proxyAddress, projectedAddress: undefined }, core.settings);
  const actor = channelActor(core, addressType(address));
  const { body, others = [] } = first;
  const addresses = [address, ...others];
  const opening: Opening = { addresses, proxyAddress, ...(body === undefined ? {} : { body }) };
  const conversation = await addConversation(core, actor, service, names, opening);
  const draft = { ...person, identity: null, messaging_binding: binding };
  const participant = await addParticipant(core, actor, service, conversation, draft);
  for (const other of others) {
    const alone = { address: other, proxyAddress: undefined, projectedAddress: undefined };
    const messaging_binding = makeBinding(alone, core.settings);
    await addParticipant(core, actor, service, conversation, {
      ...person,
      identity: null,
      messaging_binding,
    });
  }
  return { conversation, participant };
}

export function onChannel(channel: string, address: string): string {
  return channel === 'sms' || address.includes(':') ? address : `${channel}:${address}`;
}

/** A number of the kind that is never given to anybody. */
function madeUpNumber(core: Core): string {
  return `+1555${String(Math.floor(core.random() * 10_000_000)).padStart(7, '0')}`;
}

import type { ConversationEvent, EventOf } from '../event/event-types.ts';
import { isKnownSource } from '../event/read-channel.ts';
import type { Clock } from '../ports.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { NotFoundError } from '../twilio/twilio-errors.ts';
import { eventAttributes, messageAddedFrom } from './message-event.ts';
import type { ReadConversation, ReadFromTwilio, ReadParticipant } from './read-from-twilio.ts';

export interface CertainPorts {
  readonly fetch: (address: ConversationAddress, messageSid: string) => Promise<MessageResource>;
  readonly read: Pick<ReadFromTwilio, 'participant' | 'conversation'>;
}

/** What a webhook tells of may be so far ahead of what can be read. */
export const LAG_MS = 2_000;
/** What Twilio does not show by then is gone. */
export const PATIENT_RECEIVES = 5;

/**
 * The same event with all but its SIDs and its date read from Twilio: a webhook may be good for no more than those
 * (webhook/find-ambiguity.ts).
 * @param receiveCount how often the queue has delivered it, for whatever reason: so no single read is ever believed.
 * @returns undefined when what it is about does not exist (any more).
 * @throws RetryError while Twilio does not show it yet, the first few times.
 */
export async function certainEvent(
  ports: CertainPorts,
  address: ConversationAddress,
  event: ConversationEvent,
  receiveCount: number,
  sleep: Clock['sleep'] = async () => undefined,
): Promise<ConversationEvent | undefined> {
  const certain = await readEvent(ports, address, event);
  if (certain !== undefined) return certain;
  if (receiveCount < PATIENT_RECEIVES) throw new RetryError('read_lags', LAG_MS);
  await sleep(LAG_MS);
  return readEvent(ports, address, event);
}

/**
 * What is left of a doubtful event where Twilio shows no more what it is about: of a message or a participant nothing that
 * says who they are. Of a conversation that is gone nothing matters any more.
 */
export function vouchedEvent(event: ConversationEvent, address: ConversationAddress): ConversationEvent {
  if (event.EventType === 'onParticipantAdded') return { ...vouchedFor(event, address), Attributes: {} };
  if (event.EventType !== 'onMessageAdded') return event;
  const { EventType, AccountSid, MessageSid, Index, DateCreated } = event;
  const { serviceSid: ChatServiceSid, conversationSid: ConversationSid } = address;
  const sids = { AccountSid, ChatServiceSid, ConversationSid, MessageSid };
  return { EventType, ...sids, Index, DateCreated, Author: 'system', Body: '', Media: [], Attributes: {} };
}

/**
 * How it was written, which REST does not tell: a program's post in a participant's name must not pass for theirs. A
 * word that is on the list is taken as the webhook said it; of any other nobody knows whether it is one.
 */
function sourceOf({ Source }: EventOf<'onMessageAdded'>): { readonly Source?: string } {
  return Source !== undefined && isKnownSource(Source) ? { Source } : {};
}

/** What is read is dated in whole seconds: of two messages in one, only the webhooks say how far apart they were written. */
function dateOf(heard: EventOf<'onMessageAdded'>, read: EventOf<'onMessageAdded'>): string {
  const isSame = Math.floor(Date.parse(heard.DateCreated) / 1000) * 1000 === Date.parse(read.DateCreated);
  return isSame ? heard.DateCreated : read.DateCreated;
}

async function readEvent(
  { fetch, read }: CertainPorts,
  address: ConversationAddress,
  event: ConversationEvent,
): Promise<ConversationEvent | undefined> {
  switch (event.EventType) {
    case 'onMessageAdded': {
      const message = await fetch(address, event.MessageSid).catch((error: unknown) => {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      });
      if (message === undefined) return undefined;
      const certain = messageAddedFrom(message, event.AccountSid, address);
      return { ...certain, DateCreated: dateOf(event, certain), ...sourceOf(event) };
    }
    case 'onParticipantAdded': {
      const participant = await read.participant(address, event.ParticipantSid);
      return participant && { ...vouchedFor(event, address), ...joinedAs(participant) };
    }
    case 'onConversationAdded':
    case 'onConversationUpdated': {
      const conversation = await read.conversation(address);
      if (conversation === undefined) return undefined;
      // REST does not tell whom it is with (find-ambiguity.ts refuses what could have changed that).
      const { FriendlyName: _, UniqueName: __, State: ___, Source: ____, ...rest } = event;
      return { ...rest, ...conversationAs(conversation) };
    }
    case 'onConversationStateUpdated': {
      const state = (await read.conversation(address))?.state;
      return state ? { ...event, StateTo: state } : undefined;
    }
    // Whoever left cannot be read any more. What it is worth depends on who is still there (reply/give-back.ts).
    default:
      return event;
  }
}

/** What a webhook would say of a conversation by now. */
export function conversationAs(conversation: ReadConversation) {
  const { attributes, friendly_name, unique_name, state, messaging_service_sid } = conversation;
  return {
    Attributes: eventAttributes(attributes),
    ...(friendly_name ? { FriendlyName: friendly_name } : {}),
    ...(unique_name ? { UniqueName: unique_name } : {}),
    ...(state ? { State: state } : {}),
    ...(messaging_service_sid ? { MessagingServiceSid: messaging_service_sid } : {}),
  };
}

/** Addresses, words and what may be missing are free text too: where they end the signed string does not say. */
function vouchedFor(
  { EventType, AccountSid, ParticipantSid, DateCreated }: EventOf<'onParticipantAdded'>,
  { serviceSid: ChatServiceSid, conversationSid: ConversationSid }: ConversationAddress,
) {
  return { EventType, AccountSid, ChatServiceSid, ConversationSid, ParticipantSid, DateCreated };
}

function joinedAs({ identity, attributes, messaging_binding: binding, role_sid: role }: ReadParticipant) {
  return {
    Attributes: eventAttributes(attributes),
    ...(identity ? { Identity: identity } : {}),
    ...(role ? { RoleSid: role } : {}),
    ...(binding?.address ? { 'MessagingBinding.Address': [binding.address] } : {}),
    ...(binding?.type ? { 'MessagingBinding.Type': binding.type } : {}),
  };
}

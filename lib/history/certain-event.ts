import type { ConversationEvent, EventOf } from '../event/event-types.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { NotFound } from '../twilio/twilio-error.ts';
import { eventAttributes, messageAddedFrom } from './message-event.ts';
import type { ReadFromTwilio } from './read-from-twilio.ts';

export interface CertainPorts {
  readonly fetch: (address: ConversationAddress, messageSid: string) => Promise<MessageResource>;
  readonly read: ReadFromTwilio;
}

/**
 * The same event with its text read from Twilio: a webhook may be good for its SIDs only (webhook/find-ambiguity.ts).
 * @returns undefined when what it is about does not exist (any more).
 */
export async function certainEvent(
  { fetch, read }: CertainPorts,
  address: ConversationAddress,
  event: ConversationEvent,
): Promise<ConversationEvent | undefined> {
  switch (event.EventType) {
    case 'onMessageAdded': {
      const message = await fetch(address, event.MessageSid).catch((error: unknown) => {
        if (error instanceof NotFound) return undefined;
        throw error;
      });
      return message && messageAddedFrom(message, event.AccountSid, address);
    }
    case 'onParticipantAdded': {
      const participant = await read.participant(address, event.ParticipantSid);
      if (participant === undefined) return undefined;
      const { Identity: _, ...rest } = withoutBinding(event);
      const { identity, messaging_binding: binding } = participant;
      return {
        ...rest,
        Attributes: eventAttributes(participant.attributes),
        ...(identity ? { Identity: identity } : {}),
        ...(binding?.address ? { 'MessagingBinding.Address': [binding.address] } : {}),
        ...(binding?.type ? { 'MessagingBinding.Type': binding.type } : {}),
      };
    }
    case 'onConversationAdded': {
      const conversation = await read.conversation(address);
      if (conversation === undefined) return undefined;
      const { FriendlyName: _, UniqueName: __, ...rest } = event;
      return {
        ...rest,
        Attributes: eventAttributes(conversation.attributes),
        ...(conversation.friendly_name ? { FriendlyName: conversation.friendly_name } : {}),
        ...(conversation.unique_name ? { UniqueName: conversation.unique_name } : {}),
      };
    }
    default:
      return event;
  }
}

/** Addresses are free text too: where one ends the signed string does not say. */
function withoutBinding(event: EventOf<'onParticipantAdded'>): EventOf<'onParticipantAdded'> {
  const {
    'MessagingBinding.Address': _address,
    'MessagingBinding.AuthorAddress': _author,
    'MessagingBinding.ProjectedAddress': _projected,
    'MessagingBinding.ProxyAddress': _proxy,
    'MessagingBinding.Type': _type,
    ...rest
  } = event;
  return rest;
}

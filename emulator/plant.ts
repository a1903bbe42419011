import { MAX_ATTRIBUTES_BYTES } from '../lib/limits.ts';
import { isSid } from '../lib/sid.ts';
import { addressType } from './address-type.ts';
import type { Core } from './core.ts';
import { createService } from './create-state.ts';
import { CHANNEL_ADDRESSES, onChannel } from './customer/channels.ts';
import { actorFor, locate, nameOf } from './customer/locate.ts';
import { findService } from './customer/start-conversation.ts';
import { PARTICIPANT_ATTRIBUTES_BYTES } from './limits.ts';
import { checkAttributes } from './parameters.ts';
import { RefusalError } from './refusal-error.ts';
import { addConversation } from './resources/add-conversation.ts';
import { addMessage } from './resources/add-message.ts';
import { addParticipant } from './resources/add-participant.ts';
import { findAuthor } from './resources/conversation-channel.ts';
import { checkBody } from './resources/message-draft.ts';
import { makeBinding } from './resources/messaging-binding.ts';
import type { MessagingBinding } from './state.ts';
import { type Actor, restActor } from './webhooks/actor.ts';

export interface PlantedConversation {
  readonly sid?: string | undefined;
  readonly friendlyName?: string | undefined;
  readonly uniqueName?: string | undefined;
  /** JSON text, here and below. */
  readonly attributes?: string | undefined;
  /** Milliseconds since the epoch; now when absent. */
  readonly dateCreated?: number | undefined;
}

/** By identity or by address: one of the two. */
export interface PlantedParticipant {
  readonly identity?: string | undefined;
  readonly address?: string | undefined;
  /** The business's address; the one that `customer.startConversation` takes when absent. */
  readonly proxyAddress?: string | undefined;
  readonly attributes?: string | undefined;
}

export interface PlantedMessage {
  /** A participant's identity or address, who has written it themselves; anybody else has used REST. */
  readonly author?: string | undefined;
  readonly body: string;
  readonly attributes?: string | undefined;
  /** Milliseconds since the epoch; now when absent. */
  readonly dateCreated?: number | undefined;
}

/**
 * Puts things there as if they had always been: no webhook is sent, and none is asked. All throw a RefusalError where
 * Twilio would refuse the thing itself. For seeds.
 */
export interface Plant {
  /** The first one renames the default service; its SID is that of the default service, which nothing changes. */
  service(given: { readonly sid?: string | undefined; readonly friendlyName?: string | undefined }): string;
  conversation(serviceSid: string, given: PlantedConversation): Promise<string>;
  participant(conversationSid: string, given: PlantedParticipant): Promise<void>;
  message(conversationSid: string, given: PlantedMessage): Promise<void>;
}

export function createPlant(core: Core): Plant {
  let hasService = false;
  return {
    service: ({ sid, friendlyName }) => {
      const isFirst = !hasService;
      hasService = true;
      if (isFirst) {
        const service = findService(core);
        service.friendly_name = friendlyName ?? service.friendly_name;
        return service.sid;
      }
      requireNewSid(sid, core.state.services.get(sid ?? ''));
      const name = friendlyName ?? 'Conversations Service';
      return core.state.services.add(createService(core.newSid, core.timeline.now(), name, sid)).sid;
    },

    conversation: async (serviceSid, { sid, friendlyName, uniqueName, attributes = '{}', dateCreated }) => {
      const service = findService(core, serviceSid);
      requireNewSid(sid, service.conversations.get(sid ?? ''));
      if (uniqueName !== undefined && isSid('CH', uniqueName)) throw new RefusalError(50390);
      checkAttributes(attributes, MAX_ATTRIBUTES_BYTES);
      const conversation = await addConversation(core, silent(restActor(core, false)), service, {
        ...(sid === undefined ? {} : { sid }),
        friendly_name: friendlyName ?? null,
        unique_name: uniqueName ?? null,
        attributes,
        ...(dateCreated === undefined ? {} : { date_created: dateCreated }),
      });
      return conversation.sid;
    },

    participant: async (conversationSid, { identity, address, proxyAddress, attributes = '{}' }) => {
      const { service, conversation } = locate(core, { conversationSid });
      if ((identity === undefined) === (address === undefined)) throw new RefusalError(50451);
      checkAttributes(attributes, PARTICIPANT_ATTRIBUTES_BYTES);
      await addParticipant(core, silent(restActor(core, false)), service, conversation, {
        identity: identity ?? null,
        messaging_binding: address === undefined ? null : bind(core, address, proxyAddress),
        attributes,
        role_sid: null,
      });
    },

    message: async (conversationSid, { author = 'system', body, attributes = '{}', dateCreated }) => {
      const { service, conversation } = locate(core, { conversationSid });
      checkAttributes(attributes, MAX_ATTRIBUTES_BYTES);
      checkBody(core, conversation, body);
      const writer = findAuthor(conversation, author);
      const actor = writer === undefined ? restActor(core, false) : actorFor(core, writer);
      await addMessage(core, silent(actor), service, conversation, {
        author: writer === undefined ? author : nameOf(writer),
        body,
        attributes,
        subject: null,
        media: [],
        content: null,
        dateCreated,
        dateUpdated: undefined,
        channelMetadata: null,
      });
      if (writer !== undefined) writer.last_inbound = dateCreated ?? core.timeline.now();
    },
  };
}

function silent(actor: Actor): Actor {
  return { ...actor, fires: false, asksFirst: false };
}

function requireNewSid(sid: string | undefined, known: object | undefined): void {
  if (known !== undefined) throw new RefusalError(20001, `${sid} is there already`);
}

function bind(core: Core, address: string, proxyAddress: string | undefined): MessagingBinding | null {
  const type = addressType(address);
  const usual = isChannel(type) ? onChannel(type, CHANNEL_ADDRESSES[type].business) : undefined;
  return makeBinding(
    { address, proxyAddress: proxyAddress ?? usual, projectedAddress: undefined },
    core.settings,
  );
}

function isChannel(type: string): type is keyof typeof CHANNEL_ADDRESSES {
  return Object.hasOwn(CHANNEL_ADDRESSES, type);
}

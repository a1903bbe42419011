import { findConversation, type Place } from '../call.ts';
import type { Core } from '../core.ts';
import { notFound } from '../refusal-error.ts';
import { channelOf } from '../resources/conversation-channel.ts';
import type { Conversation, Participant, Service } from '../state.ts';
import { type Actor, channelActor, sdkActor } from '../webhooks/actor.ts';

export interface ConversationChoice {
  /** SID or UniqueName. */
  readonly conversationSid: string;
  /** The service to look in; every one when absent. */
  readonly serviceSid?: string | undefined;
}

export interface Located {
  readonly service: Service;
  readonly conversation: Conversation;
  readonly place: Place;
}

export function locate(core: Core, { conversationSid, serviceSid }: ConversationChoice): Located {
  for (const service of core.state.services.items) {
    if (serviceSid !== undefined && service.sid !== serviceSid) continue;
    const conversation = findConversation(service, conversationSid);
    if (conversation !== undefined) return { service, conversation, place: placeIn(service) };
  }
  throw notFound(`/Conversations/${conversationSid}`);
}

export function placeIn(service: Service): Place {
  return { origin: 'https://conversations.twilio.com', base: `/v1/Services/${service.sid}` };
}

/** How a participant acts: over their channel, or by SDK. */
export function actorFor(core: Core, participant: Participant): Actor {
  const channel = channelOf(participant);
  return channel === 'chat' ? sdkActor(participant.identity ?? '') : channelActor(core, channel);
}

/** Identity or address: what Twilio puts into `Author`. */
export function nameOf(participant: Participant): string {
  return participant.identity ?? participant.messaging_binding?.address ?? '';
}

import type { MessageAdded } from '../event/event-types.ts';
import { parseAttributes } from '../json.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';

/** The event that Twilio's webhook about `message` would have carried, less its Source, which REST does not tell. */
export function messageAddedFrom(
  message: MessageResource,
  AccountSid: string,
  { serviceSid, conversationSid }: ConversationAddress,
): MessageAdded {
  return {
    EventType: 'onMessageAdded',
    AccountSid,
    ChatServiceSid: serviceSid,
    ConversationSid: conversationSid,
    MessageSid: message.sid,
    Index: message.index,
    DateCreated: message.date_created ?? new Date(0).toISOString(),
    Body: message.body ?? '',
    Author: message.author || 'system',
    ...(message.participant_sid === null ? {} : { ParticipantSid: message.participant_sid }),
    Attributes: eventAttributes(message.attributes),
    Media: (message.media ?? []).map(({ sid, content_type, filename, size }) => ({
      Sid: sid,
      ContentType: content_type ?? 'application/octet-stream',
      ...(filename === null ? {} : { Filename: filename }),
      ...(size === null ? {} : { Size: size }),
    })),
  };
}

/** Attributes as an event carries them: `{}` where REST has none, or none that can be read. */
export function eventAttributes(text: string | null | undefined): unknown {
  const attributes = parseAttributes(text);
  return attributes === undefined ? {} : attributes;
}

import type { MessageAdded } from '../event/event-types.ts';
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
    Author: message.author ?? 'system',
    ...(message.participant_sid === null ? {} : { ParticipantSid: message.participant_sid }),
    Attributes: parseJson(message.attributes),
    Media: (message.media ?? []).map(({ sid, content_type, filename, size }) => ({
      Sid: sid,
      ContentType: content_type ?? 'application/octet-stream',
      ...(filename === null ? {} : { Filename: filename }),
      ...(size === null ? {} : { Size: size }),
    })),
  };
}

/** Attributes as Twilio's REST API returns them; `{}` for what is no JSON. */
export function parseJson(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return {};
  }
}

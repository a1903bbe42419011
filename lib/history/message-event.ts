import type { MessageAdded } from '../event/event-types.ts';
import { parseAttributes } from '../json.ts';
import { isSid } from '../sid.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';

/**
 * The event that Twilio's webhook about `message` would have carried, less its Source, which REST does not tell.
 * Whatever Twilio lists, this is an event that a webhook could have brought: one that cannot be opened again would be
 * found for ever and never have an outcome (queue/envelope.ts).
 */
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
    DateCreated: eventDate(message.date_created),
    Body: message.body ?? '',
    // Nobody's message is Twilio's: in a form, an empty author is none.
    Author: message.author || 'system',
    ...(isSid('MB', message.participant_sid ?? '') ? { ParticipantSid: `${message.participant_sid}` } : {}),
    Attributes: eventAttributes(message.attributes),
    Media: (message.media ?? [])
      .filter(({ sid }) => isSid('ME', sid))
      .map(({ sid, content_type, filename, size }) => ({
        Sid: sid,
        ContentType: content_type ?? 'application/octet-stream',
        ...(filename === null ? {} : { Filename: filename }),
        ...(size === null ? {} : { Size: size }),
      })),
  };
}

/** From the year 10,000 on a date has more digits than a webhook's. */
const END_OF_DATES = Date.UTC(10_000, 0);

/** In the one notation that webhooks have, whatever the list's; long ago where there is none that can be read. */
function eventDate(text: string | null): string {
  const at = Date.parse(text ?? '');
  return new Date(at > 0 && at < END_OF_DATES ? at : 0).toISOString();
}

/** Attributes as an event carries them: `{}` where REST has none, or none that can be read. */
export function eventAttributes(text: string | null | undefined): unknown {
  const attributes = parseAttributes(text);
  return attributes === undefined ? {} : attributes;
}

import { createHash } from 'node:crypto';
import type { ConversationEvent } from '../event/event-types.ts';
import type { Key } from '../ports.ts';
import type { Happening } from '../record/conversation.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { normalizeText } from '../text/normalize-text.ts';

/** What a finished event means for its conversation. */
export function happeningOf(event: ConversationEvent, key: Key, record: MessageRecord): Happening {
  const replyIndexes = record.parts.flatMap(({ replyIndex }) =>
    replyIndex === undefined ? [] : [replyIndex],
  );
  const sentAt = record.parts[0]?.sendingSince;
  return {
    key: key.sk,
    ...(event.EventType === 'onMessageAdded' ? { index: event.Index } : {}),
    at: eventTime(event, record.receivedAt),
    textHash: textHash(event),
    replied: replyIndexes.length > 0,
    replyIndexes,
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

/** When it happened at Twilio, in milliseconds since the epoch; `DateCreated` is signed, so nobody can freshen it. */
export function eventTime(event: ConversationEvent, receivedAt: number): number {
  return 'DateCreated' in event && event.DateCreated ? Date.parse(event.DateCreated) : receivedAt;
}

/** Tells two texts apart without keeping either. Empty for events without text. */
export function textHash(event: ConversationEvent): string {
  const text = event.EventType === 'onMessageAdded' ? normalizeText(event.Body.slice(0, 4_096)) : '';
  return text === '' ? '' : createHash('sha256').update(text).digest('hex').slice(0, 16);
}

import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { cameByChannel } from '../event/read-channel.ts';
import type { Restraint, Who } from '../guards/guard.ts';
import { isTap } from '../guards/tap.ts';
import { hashText } from '../text/hash-text.ts';
import type { MessageRecord } from './message-record.ts';

export interface KnownRole {
  readonly participantSid: string;
  readonly roleSid: string | null;
  /** The type of the address by which they came; absent for chat identities. */
  readonly binding?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a finished event means for its conversation. */
export interface NotedEvent {
  /** The event's natural key, so that noting the same event twice changes nothing. */
  readonly key: string;
  /** Absent on events that are not messages. */
  readonly index?: number;
  /** What stands before it could not be read: it is still to be accounted for. */
  readonly isGapOpen?: boolean | undefined;
  /** Milliseconds since the epoch when the event happened at Twilio. */
  readonly at: number;
  /** Milliseconds since the epoch when it came to its outcome. */
  readonly endedAt?: number;
  readonly who: Who;
  /** Somebody came by a channel address. */
  readonly byChannel: boolean;
  /** What was read of its author's role, if it was. */
  readonly role?: Omit<KnownRole, 'at'> | undefined;
  /** A hash of the normalised text; empty when there is none. */
  readonly textHash: string;
  /** It is a tap on what the bot's last answer offered. */
  readonly tap: boolean;
  readonly replied: boolean;
  readonly replyIndexes: readonly number[];
  /** Hashes of the titles that the reply offers to tap. */
  readonly offers: readonly string[];
  /** When the first part of the reply was sent: a machine answers before we have noted that we spoke. */
  readonly sentAt?: number;
}

export function notedEvent(
  event: ConversationEvent,
  key: string,
  record: MessageRecord,
  before: Restraint,
  author: { readonly who: Who; readonly role?: NotedEvent['role'] },
): NotedEvent {
  const replyIndexes = record.parts.flatMap(({ replyIndex }) =>
    replyIndex === undefined ? [] : [replyIndex],
  );
  const sentAt = record.parts[0]?.sendingSince;
  const message = event.EventType === 'onMessageAdded' ? event : undefined;
  return {
    key,
    ...(message && { index: message.Index }),
    at: eventTime(event, record.receivedAt),
    ...(record.finished && { endedAt: record.finished.at }),
    ...author,
    byChannel: cameByChannel(event) === true,
    textHash: message ? hashText(message.Body) : '',
    tap: isTap({ event, conversation: before }),
    replied: replyIndexes.length > 0,
    replyIndexes,
    offers: record.offers ?? [],
    ...(sentAt === undefined ? {} : { sentAt }),
  };
}

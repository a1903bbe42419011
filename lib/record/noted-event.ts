import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import { showsChannel } from '../event/read-channel.ts';
import type { LastAsked, Restraint, Who } from '../guards/guard.ts';
import { isWayBack } from '../guards/handover.ts';
import { hashTurn } from '../guards/repeated-text.ts';
import { isStopWord, type StopWords } from '../guards/stop-words.ts';
import { subjectKey } from '../guards/subject-key.ts';
import { isTap } from '../guards/tap.ts';
import type { MemoryEvent } from './memory-event.ts';
import { latestReplay, type MessageRecord, messageParts } from './message-record.ts';
import { type SaidOff, saidOff } from './said-off.ts';

export interface KnownRole {
  readonly participantSid: string;
  readonly roleSid: string | null;
  /** The type of the address by which they came; absent for chat identities. */
  readonly binding?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a finished event means for its conversation. */
export interface NotedEvent extends MemoryEvent {
  /** The event's natural key, so that noting the same event twice changes nothing. */
  readonly key: string;
  /** What stands before it could not be read: it is still to be accounted for. */
  readonly isGapOpen?: boolean | undefined;
  /** Of a change of the conversation, or as it was read. */
  readonly saidOff?: SaidOff;
  /** In which state the conversation is from now on. */
  readonly stateTo?: string;
  /** Somebody came by a channel address. */
  readonly byChannel: boolean;
  /** What was read of its author's role, if it was. */
  readonly role?: Omit<KnownRole, 'at'> | undefined;
  /** A hash of the normalised text; empty when there is none. */
  readonly textHash: string;
  /** It is a tap on what the bot's last answer offered. */
  readonly tap: boolean;
  readonly replied: boolean;
  /** Hashes of the titles that the reply offers to tap. */
  readonly offers: readonly string[];
  /** When the first part of the reply was sent: a machine answers before we have noted that we spoke. */
  readonly sentAt?: number;
}

/** What is known of an event beside itself and its record. */
export interface Context {
  readonly before: Restraint & LastAsked;
  readonly who: Who;
  readonly role?: NotedEvent['role'];
  /** The rule that a program's message names (reply/program-question.ts). */
  readonly asks?: string | undefined;
  /** When it gave the conversation back, where nobody had to write for that (reply/give-back.ts). */
  readonly givesBackAt?: number | undefined;
  /** What the conversation says of itself, where that was read. */
  readonly said?: SaidOff | undefined;
  readonly optOut: StopWords;
}

export function notedEvent(
  event: ConversationEvent,
  recordKey: string,
  record: MessageRecord,
  { before, who, role, optOut, asks, givesBackAt, said }: Context,
): NotedEvent {
  const replyIndexes = record.parts.flatMap(({ replyIndex }) =>
    replyIndex === undefined ? [] : [replyIndex],
  );
  const sentAt = messageParts(record)[0]?.sendingSince;
  const message = event.EventType === 'onMessageAdded' ? event : undefined;
  const at = eventTime(event, record.receivedAt);
  const isOfCustomer = message !== undefined && who === 'customer';
  const subject = subjectKey(event);
  const isBack = isOfCustomer && isWayBack({ event, at, conversation: before });
  const backAt = isBack ? at : givesBackAt;
  const replay = latestReplay(record);
  return {
    key: notedKey(recordKey, record),
    ...(replay?.was && { isReplayed: true as const }),
    ...(message && { index: message.Index }),
    at,
    ...(record.finished && { endedAt: record.finished.at }),
    who,
    ...(role && { role }),
    ...(subject === undefined ? {} : { subject }),
    byChannel: showsChannel(event),
    textHash: message ? hashTurn(message.Body, before) : '',
    tap: isTap({ event, conversation: before }),
    replied: replyIndexes.length > 0,
    replyIndexes,
    offers: record.offers ?? [],
    ...(sentAt === undefined ? {} : { sentAt }),
    ...(isOfCustomer && isStopWord(message.Body, optOut) ? { isStopWord: true } : {}),
    ...(asks === undefined ? {} : { asks }),
    ...(backAt === undefined ? {} : { givesBackAt: backAt }),
    ...(event.EventType === 'onConversationUpdated' && { saidOff: saidOff(event, at) }),
    ...(said && { saidOff: said }),
    ...(event.EventType === 'onConversationStateUpdated' && { stateTo: event.StateTo }),
    ...(record.change && isCarriedOut(record) && { change: record.change }),
  };
}

/** Under which key an event is noted: decided anew, once more. */
export function notedKey(recordKey: string, record: MessageRecord): string {
  const replay = latestReplay(record);
  return replay === undefined ? recordKey : `${recordKey}|${replay.id}`;
}

/**
 * Whether what was decided came about. A build from before there was a memory, to which somebody has rolled back, ends
 * an answer that it found in flight and leaves its change in the record, whatever became of it.
 */
function isCarriedOut({ finished }: MessageRecord): boolean {
  const { outcome, reason } = finished ?? {};
  return outcome === 'replied' || outcome === 'no_rule' || reason === 'ignored';
}

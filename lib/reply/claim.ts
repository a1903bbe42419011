import { eventTime } from '../event/event-time.ts';
import type { ConversationEvent } from '../event/event-types.ts';
import type { Who } from '../guards/guard.ts';
import type { Names } from '../guards/names.ts';
import { isAddress, tellWho } from '../guards/who.ts';
import { LAG_MS, PATIENT_RECEIVES } from '../history/certain-event.ts';
import type { ListMessages } from '../history/find-reply.ts';
import { type ReadFromTwilio, readOnce } from '../history/read-from-twilio.ts';
import type { Clock, Key } from '../ports.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { type ConversationRecord, isLate, knownParticipant } from '../record/conversation.ts';
import type { NotedEvent } from '../record/noted-event.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import type { Try } from './open-try.ts';

/** An event that is ours to bring to its outcome, all the way from the queue to what is noted of it. */
export interface Claim {
  readonly event: ConversationEvent;
  /** Milliseconds since the epoch when we learnt of it. */
  readonly receivedAt: number;
  readonly address: ConversationAddress;
  /** Of its record. */
  readonly key: Key;
  readonly delivery: Pick<Delivery, 'receiveCount' | 'wentBehind' | 'remainingMs'>;
  readonly tries: Try;
  readonly conversation: ConversationRecord;
  /** It was found by asking Twilio, or lies behind something that was: no webhook brought it in its turn. */
  readonly found: boolean;
  /** Since when the table is ours (table-mark.ts), in milliseconds since the epoch. */
  readonly tableSince: number;
  /** Until when an operator lets it be answered, however old it is; in milliseconds since the epoch. */
  readonly answerUntil?: number | undefined;
  /** The id under which an operator has it decided anew. */
  readonly replay?: string | undefined;
  /** The conversation's messages, asked for once (history/list-once.ts). */
  readonly list: ListMessages;
  /** What stands before it at Twilio could not be read, and may be later. */
  readonly isGapOpen?: boolean;
  /** It was missed: no queue message is its own, to bring it again. */
  readonly isPassing?: boolean;
  /** It is from before this bot: whoever wrote it and is not shown has left. */
  readonly isHistory?: boolean;
  /** Asks Twilio, for each thing once. */
  readonly read: ReadFromTwilio;
  /** Who it is about; asks Twilio only where nothing else says. */
  readonly author: () => Promise<Author>;
}

export type Author = Pick<NotedEvent, 'who' | 'role'>;

export interface ClaimPorts {
  readonly read: ReadFromTwilio;
  readonly clock: Pick<Clock, 'now'>;
  readonly botAuthor: string;
  /** The AGENTS setting: persons, who silence the bot. */
  readonly agents: Names;
  /** The PROGRAMS setting: they are not answered, and silence nothing. */
  readonly programs: Names;
}

export function claimEvent(ports: ClaimPorts, claim: Omit<Claim, 'read' | 'author'>): Claim {
  const read = readOnce(ports.read);
  let author: Promise<Author> | undefined;
  return {
    ...claim,
    read,
    author: () => {
      author ??= tellAuthor({ ...ports, read }, claim);
      return author;
    },
  };
}

async function tellAuthor(
  { read, clock, botAuthor, agents, programs }: ClaimPorts,
  claim: Omit<Claim, 'read' | 'author'>,
): Promise<Author> {
  const { event, address, conversation } = claim;
  let role: Author['role'];
  const participant = async (sid: string) => {
    const known = knownParticipant(conversation, sid, clock.now());
    if (known !== undefined) return known;
    const found = await read.participant(address, sid);
    if (found === undefined) {
      if (mayLag(claim, clock.now())) throw new RetryError('read_lags', LAG_MS);
      return undefined;
    }
    const binding = isAddress(found) ? found.messaging_binding?.type : undefined;
    role = { participantSid: sid, roleSid: found.role_sid ?? null, ...(binding ? { binding } : {}) };
    return found;
  };
  const byChannel = conversation.byChannel === true;
  const who: Who = await tellWho(event, { botAuthor, agents, programs, byChannel, participant });
  return { who, ...(role && { role }) };
}

/**
 * Whether somebody is not shown because they joined a moment ago, rather than that they have left. What the queue has
 * brought often comes rarely by then: a minute later it does not wait for a lag.
 */
function mayLag(
  {
    event,
    receivedAt,
    delivery,
    tries,
    isHistory,
  }: Pick<Claim, 'event' | 'receivedAt' | 'delivery' | 'tries' | 'isHistory'>,
  now: number,
): boolean {
  if (isHistory || tries.number >= PATIENT_RECEIVES) return false;
  return delivery.receiveCount < PATIENT_RECEIVES || !isLate(eventTime(event, receivedAt), now);
}

import type { MessageAdded } from '../event/event-types.ts';
import { isMarked } from '../event/marker.ts';
import { isFromApi } from '../guards/api-source.ts';
import { hasName } from '../guards/names.ts';
import { isSystem } from '../guards/system-author.ts';
import type { Delivery } from '../queue/process-batch.ts';
import { isLate } from '../record/conversation.ts';
import { RetryError } from '../retry-error.ts';
import type { ClaimPorts } from './claim.ts';

/** Until a missed message's webhook is given up, and it is answered by what the list says of it. */
const PATIENCE_MS = 60_000;
const FIRST_WAIT_MS = 2_000;
/** From then on nobody waits at all, whatever stood still meanwhile: everything ends. */
const END_OF_PATIENCE_MS = 900_000;

/** The settings that say who writes. */
export type WhoIsWho = Pick<ClaimPorts, 'botAuthor' | 'agents' | 'programs'>;

/**
 * Whether the webhook of a message that was found in a gap may yet come, and say what the list does not: a program that
 * posts in a participant's name (Source API) must not be answered. It does not matter of those who are not answered
 * whatever the webhook says, nor of a conversation's first message: such a program needs one who has spoken, and
 * somebody's first messages come close together.
 *
 * The queue keeps the order, so what was put there when the missed message was a minute old comes after every webhook
 * that was in time. What was put there earlier may stand in front of it, however long it has stood there by now.
 * @param sentAt when the message behind the gap was put on the queue, in milliseconds since the epoch
 */
export function awaitsWebhook(
  ports: WhoIsWho & Pick<ClaimPorts, 'clock'>,
  missed: MessageAdded,
  sentAt: number | undefined,
): boolean {
  const [at, now] = [Date.parse(missed.DateCreated), ports.clock.now()];
  if (missed.Index === 0 || isLate(at, sentAt ?? now) || now - at >= END_OF_PATIENCE_MS) return false;
  return mayBeAnswered(ports, missed);
}

/**
 * Whether a webhook says that a program wrote in a participant's name. It ends as it does whatever stands before it, so
 * it waits for nothing: while it did, and went behind others, those would have it answered as the participant's.
 */
export function isInAnothersName(ports: WhoIsWho, event: MessageAdded): boolean {
  return isFromApi(event) && mayBeAnswered(ports, event);
}

/** By what a list says of it. */
function mayBeAnswered(
  { botAuthor, agents, programs }: WhoIsWho,
  { Author, ParticipantSid, Attributes }: MessageAdded,
): boolean {
  const isAnswered = ParticipantSid !== undefined && Author !== botAuthor && !isSystem(Author);
  return isAnswered && !isMarked(Attributes) && !hasName(agents, Author) && !hasName(programs, Author);
}

/**
 * The wait of a message behind one whose webhook may yet come: twice as long each time, until that one is a minute old.
 * While it stands in front, the queue hands out nothing of its conversation; so it goes behind whatever has come at first,
 * since two webhooks of one moment often overtake each other, again from its second delivery there on, and once that
 * one is a minute old.
 */
export function webhookAwaited(
  missed: MessageAdded,
  now: number,
  { receiveCount, wentBehind }: Pick<Delivery, 'receiveCount' | 'wentBehind'>,
): RetryError {
  const age = Math.max(0, now - Date.parse(missed.DateCreated));
  const rest = PATIENCE_MS - age + 1;
  const wait = rest > 0 ? Math.min(rest, Math.max(FIRST_WAIT_MS, age)) : FIRST_WAIT_MS;
  const behind = wentBehind === false || receiveCount > 1 || rest <= 0;
  return new RetryError('webhook_awaited', wait, { behind });
}

import type { MessageAdded } from '../event/event-types.ts';
import { isMarked } from '../event/marker.ts';
import { hasName } from '../guards/names.ts';
import { isSystem } from '../guards/system-author.ts';
import { isLate } from '../record/conversation.ts';
import { RetryError } from '../retry-error.ts';
import type { ClaimPorts } from './claim.ts';

/** Until a missed message's webhook is given up, and it is answered by what the list says of it. */
const PATIENCE_MS = 60_000;
const FIRST_WAIT_MS = 2_000;

/**
 * Whether the webhook of a message that was found in a gap may yet come, and say what the list does not: a program that
 * posts in a participant's name (Source API) must not be answered. It does not matter of those who are not answered
 * whatever the webhook says.
 */
export function awaitsWebhook(
  { botAuthor, agents, programs, clock }: ClaimPorts,
  { Author, ParticipantSid, Attributes, DateCreated }: MessageAdded,
): boolean {
  if (isLate(Date.parse(DateCreated), clock.now())) return false;
  const isAnswered = ParticipantSid !== undefined && Author !== botAuthor && !isSystem(Author);
  return isAnswered && !isMarked(Attributes) && !hasName(agents, Author) && !hasName(programs, Author);
}

/**
 * The wait of a message behind one whose webhook may yet come: twice as long each time, until that one is a minute old.
 * While it stands in front, the queue hands out nothing of its conversation; so from the second time on it goes behind
 * whatever has come meanwhile.
 */
export function webhookAwaited(missed: MessageAdded, now: number, receiveCount: number): RetryError {
  const age = Math.max(0, now - Date.parse(missed.DateCreated));
  const wait = Math.min(PATIENCE_MS - age + 1, Math.max(FIRST_WAIT_MS, age));
  return new RetryError('webhook_awaited', wait, { behind: receiveCount > 1 });
}

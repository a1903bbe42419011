import { eventKey } from '../event/event-key.ts';
import type { MessageAdded } from '../event/event-types.ts';
import { isMarked } from '../event/marker.ts';
import { hasName } from '../guards/names.ts';
import { isSystem } from '../guards/system-author.ts';
import type { Store } from '../ports.ts';
import { isLate } from '../record/conversation.ts';
import { recordKey } from '../record/keys.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
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
 * What has a record was told of. A conversation that is new to us is not waited for: somebody's first messages come
 * close together, and a program that speaks in a customer's name needs one who has spoken.
 */
export async function isAwaited(
  ports: ClaimPorts & { readonly store: Pick<Store, 'get'> },
  address: ConversationAddress,
  event: MessageAdded,
): Promise<boolean> {
  if (!awaitsWebhook(ports, event)) return false;
  const key = recordKey(address.conversationSid, eventKey(event));
  return (await ports.store.get<MessageRecord>(key)) === undefined;
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

import { eventTime } from '../event/event-time.ts';
import { showsChannel } from '../event/read-channel.ts';
import { subjectOf } from '../event/subject.ts';
import { givenBackBy, isHandedOver, isQuiet, isWayBack } from '../guards/handover.ts';
import {
  answersTo,
  hasAnsweredLater,
  isWhole,
  lastSaidByOthers,
  type MarkedAnswer,
} from '../history/answers.ts';
import { listNewest } from '../history/find-reply.ts';
import { messageAddedFrom } from '../history/message-event.ts';
import { STALE_LIST_MS, STALE_LISTS } from '../history/missed-messages.ts';
import type { Store } from '../ports.ts';
import { isLate } from '../record/conversation.ts';
import type { Finished, MessageRecord } from '../record/message-record.ts';
import { serviceMark } from '../record/since.ts';
import { RetryError } from '../retry-error.ts';
import type { MessageResource } from '../twilio/messages.ts';
import { NotFoundError } from '../twilio/twilio-errors.ts';
import type { AuthorSettings } from './answer-settings.ts';
import { type Claim, type ClaimPorts, claimEvent } from './claim.ts';

export interface LatePorts extends ClaimPorts, Pick<AuthorSettings, 'quietAfterPersonMs'> {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly settleMs: number;
}

/** Why an event that was not answered at once must not be answered any more. */
export type TooLate = Pick<Finished, 'outcome'> & { readonly reason: string };

/** Lists date in whole seconds, and Twilio's machines do not agree to the millisecond. */
const DATES_DIFFER_MS = 2_000;
/** A function that worked with the table before has ended by then, and what Twilio's clock differs from ours. */
const FORMER_ENDS_MS = 30_000 + DATES_DIFFER_MS;
/** Further back than anything else looks: what cannot be seen cannot be answered. */
const MAX_MESSAGES = 5_000;

/**
 * Whether nobody but us can have dealt with an event yet: its own webhook brought it in its turn, just now, for the
 * first time, and no other table can have known of it. Before the first POST of anything else one list is read,
 * whatever our table says: of a plan of an earlier delivery as well, while which waited somebody may have answered.
 */
export function isFresh(
  {
    event,
    receivedAt,
    found,
    delivery,
    tableSince,
    answerUntil,
  }: Pick<Claim, 'event' | 'receivedAt' | 'found' | 'delivery' | 'tableSince' | 'answerUntil'>,
  now: number,
): boolean {
  const at = eventTime(event, receivedAt);
  if (answerUntil !== undefined || isLate(at, now) || at < tableSince + FORMER_ENDS_MS) return false;
  // What went behind others is a message of its own on the queue, and was delivered before.
  return !found && delivery.receiveCount === 1 && !delivery.wentBehind;
}

/**
 * Asks Twilio, before the first POST for an event that is not fresh, what has happened since: another stack on the
 * same service may have answered it, or this one before its table was lost or set back, or a person.
 * One list, which the gap before the event has read already where there is one.
 * @param before what was decided of it before, perhaps under another BOT_AUTHOR
 * @returns why it is not to be answered any more; undefined when it is.
 * @throws RetryError while the list is older than the event, and while somebody else may still be sending the rest.
 */
export async function lookLate(
  ports: LatePorts,
  claim: Claim,
  before?: Pick<MessageRecord, 'author'>,
): Promise<TooLate | undefined> {
  const { event, receivedAt, address, list, tries } = claim;
  const at = eventTime(event, receivedAt);
  const index = event.EventType === 'onMessageAdded' ? event.Index : undefined;
  const reach =
    index === undefined ? { afterIndex: -1, since: at - DATES_DIFFER_MS } : { afterIndex: index - 1 };
  const newest = await listNewest(list, address, { ...reach, most: MAX_MESSAGES }).catch((error: unknown) => {
    // The conversation itself is gone. That is what the POST will say, with Twilio's own reason.
    if (error instanceof NotFoundError && tries.isLast) return undefined;
    throw error;
  });
  if (newest === undefined) return undefined;
  const { messages, cut } = newest;
  const lags = index !== undefined && (messages[0]?.index ?? -1) < index;
  if (lags && tries.number < STALE_LISTS) throw new RetryError('list_lags', STALE_LIST_MS);

  const authors = [ports.botAuthor, before?.author ?? ports.botAuthor];
  const answers = answersTo(messages, subjectOf(event) ?? event.EventType, authors);
  if (answers.length > 0) return tellAnswered(ports, answers);
  if (cut) return { outcome: 'quarantined', reason: 'unknown_outcome' };
  if (before === undefined && (await hasAnotherAnswered(ports, claim, messages)))
    return { outcome: 'suppressed', reason: 'answered_elsewhere' };
  const isOrdered = claim.answerUntil !== undefined && index !== undefined;
  if (isOrdered && hasAnsweredLater(messages, index, authors))
    return { outcome: 'suppressed', reason: 'overtaken' };
  // It was planned before somebody else's message handed the conversation over.
  const { conversation } = claim;
  if (isHandedOver(conversation, at) && !isWayBack({ event, at, conversation }))
    return { outcome: 'suppressed', reason: 'handed_over' };
  return (await hasPersonWritten(ports, claim, messages, at))
    ? { outcome: 'suppressed', reason: 'person' }
    : undefined;
}

/**
 * Whether another bot may have been called for a message that no webhook brought us, and somebody has said something since:
 * at a rollout the former bot goes on answering after our first look. It says nothing of what it answers.
 */
async function hasAnotherAnswered(
  ports: LatePorts,
  { event, receivedAt, address }: Claim,
  messages: readonly MessageResource[],
): Promise<boolean> {
  // A list does not tell it, as every webhook does.
  if (event.EventType !== 'onMessageAdded' || event.Source !== undefined) return false;
  const at = eventTime(event, receivedAt);
  const { othersUntil = 0 } = await serviceMark(ports, address.serviceSid);
  return at < othersUntil && lastSaidByOthers(messages) > event.Index;
}

/** Half an answer is never begun again, nor finished by somebody who did not decide it. */
function tellAnswered({ clock, settleMs }: LatePorts, answers: readonly MarkedAnswer[]): TooLate {
  if (isWhole(answers)) return { outcome: 'suppressed', reason: 'answered_elsewhere' };
  const latest = Math.max(...answers.map(({ message }) => Date.parse(message.date_created ?? '') || 0));
  const wait = latest + settleMs - clock.now();
  if (wait > 0) throw new RetryError('half_answered', wait);
  return { outcome: 'quarantined', reason: 'half_answered' };
}

/** Their webhook may stand behind this event in the queue, or was never sent. The guard `person` knows what is noted. */
async function hasPersonWritten(
  ports: LatePorts,
  claim: Claim,
  messages: readonly MessageResource[],
  at: number,
): Promise<boolean> {
  const { quietAfterPersonMs: quietMs } = ports;
  const isReplayed = claim.replay !== undefined;
  if (quietMs === 0 && !isReplayed) return false;
  const later = messages.map((message) => messageAddedFrom(message, claim.event.AccountSid, claim.address));
  const byChannel = claim.conversation.byChannel || [claim.event, ...later].some(showsChannel);
  const conversation = { ...claim.conversation, ...(byChannel ? { byChannel: true as const } : {}) };
  const givenBackAt = givenBackBy({ event: claim.event, at, conversation: claim.conversation });
  const afterIndex =
    claim.event.EventType === 'onMessageAdded' ? claim.event.Index : Number.POSITIVE_INFINITY;
  for (const event of later) {
    const listedAt = Date.parse(event.DateCreated);
    // Lists date in whole seconds, rounded down: of two messages in one second the Index says which came first.
    const personAt = event.Index > afterIndex ? Math.max(listedAt, at) : listedAt;
    // Whoever replays does not speak after a person, however little that keeps the bot quiet.
    const counts = isReplayed || isQuiet(personAt, at, { quietAfterPersonMs: quietMs, givenBackAt });
    if (!counts) continue;
    const { author } = claimEvent({ ...ports, read: claim.read }, { ...claim, event, conversation });
    if ((await author()).who === 'person') return true;
  }
  return false;
}

import { eventTime } from '../event/event-time.ts';
import type { EventOf } from '../event/event-types.ts';
import type { Who } from '../guards/guard.ts';
import { isHandedOver, isQuiet } from '../guards/handover.ts';
import { isPersonThere } from '../guards/who.ts';
import { conversationAs, LAG_MS, PATIENT_RECEIVES } from '../history/certain-event.ts';
import { knownRole } from '../record/conversation.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { isSaidAnew, type SaidOff, saidOff } from '../record/said-off.ts';
import { RetryError } from '../retry-error.ts';
import type { Claim, ClaimPorts } from './claim.ts';

/**
 * When an event that nobody wrote gives the conversation back to the bot, in milliseconds since the epoch: somebody
 * said so in its Attributes, it was closed, or the last of your people has left. Undefined when it does not.
 * @throws RetryError while the list of who is there may be older than that, and what listing throws.
 */
export async function findGiveBack(
  ports: ClaimPorts & { readonly quietAfterPersonMs: number },
  claim: Pick<Claim, 'event' | 'receivedAt' | 'address' | 'conversation' | 'read' | 'tries'>,
): Promise<number | undefined> {
  const { event, receivedAt } = claim;
  return (await givesBack(ports, claim)) ? eventTime(event, receivedAt) : undefined;
}

async function givesBack(
  ports: Parameters<typeof findGiveBack>[0],
  claim: Parameters<typeof findGiveBack>[1],
): Promise<boolean> {
  const { event, receivedAt, conversation } = claim;
  switch (event.EventType) {
    case 'onConversationUpdated':
      return isSaidAnew(conversation.saidOff, saidOff(event, eventTime(event, receivedAt)));
    case 'onConversationStateUpdated':
      return event.StateTo === 'closed';
    case 'onParticipantRemoved':
      return hasLastPersonLeft(ports, claim, event);
    default:
      return false;
  }
}

/**
 * What a conversation says of itself as the bot falls silent, read where nothing is known of it: an `off` that has stood
 * there since long ago gives nothing back when something else is changed. Undefined where it cannot be read, for that
 * must not keep a person's message from being noted; their next one reads it again.
 */
export async function saidInSilence(
  { clock, quietAfterPersonMs }: Pick<Parameters<typeof findGiveBack>[0], 'clock' | 'quietAfterPersonMs'>,
  {
    event,
    address,
    conversation,
    read,
    tries,
  }: Pick<Claim, 'event' | 'address' | 'conversation' | 'read' | 'tries'>,
  who: Who,
  { change }: Pick<MessageRecord, 'change'>,
): Promise<SaidOff | undefined> {
  const isPersons = who === 'person' && event.EventType === 'onMessageAdded' && quietAfterPersonMs > 0;
  const isKnown = conversation.saidOff !== undefined;
  if (isKnown || tries.isDeadly || (!isPersons && change?.handover === undefined)) return undefined;
  const found = await read.conversation(address).catch(() => undefined);
  return found && { ...saidOff(conversationAs(found), clock.now()), isRead: true };
}

/** Twilio is asked who is still there only where there is something to give back, and one of your people has left. */
async function hasLastPersonLeft(
  { quietAfterPersonMs, ...ports }: Parameters<typeof findGiveBack>[0],
  { address, conversation, read, receivedAt, tries }: Parameters<typeof findGiveBack>[1],
  event: EventOf<'onParticipantRemoved'>,
): Promise<boolean> {
  const at = eventTime(event, receivedAt);
  const { givenBackAt = 0, personAt } = conversation;
  const isSilent =
    isHandedOver(conversation, at) || isQuiet(personAt, at, { quietAfterPersonMs, givenBackAt });
  if (!isSilent) return false;
  const clues = { ...ports, byChannel: conversation.byChannel === true };
  const known = knownRole(conversation, event.ParticipantSid, at)?.roleSid;
  const left = { identity: event.Identity ?? null, role_sid: event.RoleSid ?? known ?? null };
  if (!isPersonThere(left, clues)) return false;
  const listed = await read.participants(address);
  const isLast = !listed.some((other) => other.sid !== event.ParticipantSid && isPersonThere(other, clues));
  // Two may leave together, and the list still show both. Nobody asks again later.
  const mayLag = ports.clock.now() - at < LAG_MS && tries.number < PATIENT_RECEIVES;
  if (!isLast && mayLag) throw new RetryError('read_lags', LAG_MS);
  return isLast;
}

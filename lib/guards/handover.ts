import type { ConversationEvent } from '../event/event-types.ts';
import type { Restraint } from './guard.ts';
import { isOneOf, toWord } from './stop-words.ts';

interface Handed {
  readonly event: ConversationEvent;
  /** When it happened at Twilio, in milliseconds since the epoch. */
  readonly at: number;
  readonly conversation: Pick<Restraint, 'handover' | 'givenBackAt'>;
}

/**
 * Whether a person answers what is written at `at`. Time runs from customer's message to customer's message, never by
 * our clock, so that a redelivery decides the same; what was written before is theirs as well, and what was written before
 * it was given back stays theirs.
 */
export function isHandedOver(
  { handover, givenBackAt = 0 }: Pick<Restraint, 'handover' | 'givenBackAt'>,
  at: number,
): boolean {
  if (handover === undefined || at >= handover.until) return false;
  return handover.at >= givenBackAt || givenBackAt > at;
}

/** Whether a customer's message is a word by which they come back to the bot. */
export function isWayBack({ event, at, conversation }: Handed): boolean {
  const { handover } = conversation;
  if (event.EventType !== 'onMessageAdded' || handover === undefined || at < handover.at) return false;
  if (!isHandedOver(conversation, at)) return false;
  return isOneOf(handover.back, toWord(event.Body), handover);
}

/** When the bot was given the conversation back, as far as it concerns this event: by itself, or last; 0: never. */
export function givenBackBy(handed: Handed): number {
  return isWayBack(handed) ? handed.at : (handed.conversation.givenBackAt ?? 0);
}

/** Whether a person's last message keeps the bot quiet at `at`; one from before it was given back by then does not. */
export function isQuiet(
  personAt: number | undefined,
  at: number,
  { quietAfterPersonMs, givenBackAt }: { readonly quietAfterPersonMs: number; readonly givenBackAt: number },
): boolean {
  if (personAt === undefined || quietAfterPersonMs === 0) return false;
  if (personAt < givenBackAt && givenBackAt <= at) return false;
  return at - personAt < quietAfterPersonMs;
}

import * as z from 'zod/mini';
import { ANSWERED_EVENTS, type AnsweredEvent } from '../../match/conditions/event.ts';
import { listOf, say, show } from '../shapes.ts';
import { suggest } from '../suggest.ts';
import type { ConditionForm } from './condition-form.ts';

export const event: ConditionForm<readonly AnsweredEvent[], readonly AnsweredEvent[]> = {
  about: 'What happened; without it a message was added.',
  shape: listOf(z.enum(ANSWERED_EVENTS, say(notAnEvent))),
  absent: ['onMessageAdded'],
  compile: (events) => events,
  covers: (earlier, later = []) => later.every((name) => earlier.includes(name)),
};

/** Twilio's other event names. */
const OTHER_EVENTS =
  /^on(?:(?:Message|Conversation|Participant|User)(?:Add(?:ed)?|Updated?|Removed?)|ConversationStateUpdated|DeliveryUpdated)$/;

function notAnEvent(input: unknown): string {
  const given = String(input);
  const allowed = `Allowed: ${ANSWERED_EVENTS.join(', ')}.`;
  const after = ANSWERED_EVENTS.find((name) => name === `${given}ed`);
  if (after !== undefined)
    return `${given} comes before anything is there to answer. Did you mean "${after}"?`;
  if (OTHER_EVENTS.test(given)) {
    return (
      `${given} cannot be answered: receipts, updates, removals and state changes may follow from our own replies, ` +
      `which would then answer themselves. ${allowed}`
    );
  }
  return `${show(input)} is not an event. ${allowed}${suggest(given, ANSWERED_EVENTS)}`;
}

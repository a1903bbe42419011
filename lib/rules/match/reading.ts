import type { ConversationEvent } from '../../event/event-types.ts';
import type { ConversationValues, ParticipantValues } from '../render/look-up.ts';

/** What was read from Twilio for an event; null: it was asked for and is not there. Absent: not read. */
export interface Read {
  readonly participant?: ParticipantValues | null | undefined;
  readonly conversation?: ConversationValues | null | undefined;
}

/** What was read, which notes whatever is asked for and was not. */
export interface Reading {
  readonly participant: ParticipantValues | undefined;
  readonly conversation: ConversationValues | undefined;
  readonly missing: () => { readonly participant: boolean; readonly conversation: boolean } | undefined;
}

/**
 * A message's webhook carries neither the participant nor the conversation; the webhook about one carries it, and a
 * message that no participant wrote has none: that costs no read.
 */
export function startReading(event: ConversationEvent, { participant, conversation }: Read): Reading {
  const canRead = {
    participant: event.EventType === 'onMessageAdded' && event.ParticipantSid !== undefined,
    conversation: event.EventType !== 'onConversationAdded',
  };
  const asked = { participant: false, conversation: false };
  return {
    get participant() {
      if (participant === undefined && canRead.participant) asked.participant = true;
      return participant ?? undefined;
    },
    get conversation() {
      if (conversation === undefined && canRead.conversation) asked.conversation = true;
      return conversation ?? undefined;
    },
    missing: () => (asked.participant || asked.conversation ? { ...asked } : undefined),
  };
}

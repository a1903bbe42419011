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
  /** How often something was asked for that is not read. */
  readonly asked: () => number;
  /** Takes back what was asked for: whoever asked does without. */
  readonly unask: () => void;
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
  let times = 0;
  const ask = (what: keyof typeof asked) => {
    asked[what] = true;
    times += 1;
  };
  return {
    get participant() {
      if (participant === undefined && canRead.participant) ask('participant');
      return participant ?? undefined;
    },
    get conversation() {
      if (conversation === undefined && canRead.conversation) ask('conversation');
      return conversation ?? undefined;
    },
    missing: () => (asked.participant || asked.conversation ? { ...asked } : undefined),
    asked: () => times,
    unask: () => Object.assign(asked, { participant: false, conversation: false }),
  };
}

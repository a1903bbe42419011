import type { ConversationValues, ParticipantValues } from '../rules/render/look-up.ts';
import { fetchConversation } from '../twilio/conversations.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { fetchParticipant } from '../twilio/participants.ts';
import type { TwilioApi } from '../twilio/request.ts';
import { NotFound } from '../twilio/twilio-error.ts';

/** What planning may have to ask Twilio. Undefined when the resource is gone. */
export interface ReadFromTwilio {
  participant(address: ConversationAddress, sid: string): Promise<ParticipantValues | undefined>;
  conversation(address: ConversationAddress): Promise<ConversationValues | undefined>;
  /** The participant's `role_sid`. */
  role(address: ConversationAddress, participantSid: string): Promise<string | null | undefined>;
}

export function createReads(api: TwilioApi): ReadFromTwilio {
  const participant = (address: ConversationAddress, sid: string) =>
    unlessGone(fetchParticipant(api, address, sid));
  return {
    participant,
    conversation: (address) => unlessGone(fetchConversation(api, address)),
    role: async (address, sid) => (await participant(address, sid))?.role_sid,
  };
}

async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

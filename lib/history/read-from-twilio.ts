import type { Identified } from '../guards/who.ts';
import type { ConversationValues, ParticipantValues } from '../rules/render/look-up.ts';
import { fetchConversation } from '../twilio/conversations.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import { fetchParticipant, listParticipants } from '../twilio/participants.ts';
import type { TwilioApi } from '../twilio/request.ts';
import { unlessGone } from '../twilio/unless-gone.ts';

/** What planning may have to ask Twilio. Undefined when the resource is gone. */
export interface ReadFromTwilio {
  participant(address: ConversationAddress, sid: string): Promise<ReadParticipant | undefined>;
  conversation(address: ConversationAddress): Promise<ReadConversation | undefined>;
  /** Everybody who takes part; nobody where the conversation is gone. */
  participants(address: ConversationAddress): Promise<readonly ListedParticipant[]>;
}

export type ReadParticipant = ParticipantValues & Identified;

export interface ListedParticipant extends Identified {
  readonly sid: string;
}

export interface ReadConversation extends ConversationValues {
  /** `initializing`, `active`, `inactive` or `closed`. */
  readonly state?: string | null;
  readonly messaging_service_sid?: string | null;
}

export function createReads(api: TwilioApi): ReadFromTwilio {
  return {
    participant: (address, sid) => unlessGone(fetchParticipant(api, address, sid)),
    conversation: (address) => unlessGone(fetchConversation(api, address)),
    participants: async (address) => (await unlessGone(listParticipants(api, address))) ?? [],
  };
}

/** The same reads for one event: each resource is asked for at most once, whoever wants it. */
export function readOnce(read: ReadFromTwilio): ReadFromTwilio {
  const participants = new Map<string, ReturnType<ReadFromTwilio['participant']>>();
  let conversation: ReturnType<ReadFromTwilio['conversation']> | undefined;
  let all: ReturnType<ReadFromTwilio['participants']> | undefined;
  return {
    participant: (address, sid) => {
      const reading = participants.get(sid) ?? read.participant(address, sid);
      participants.set(sid, reading);
      return reading;
    },
    conversation: (address) => {
      conversation ??= read.conversation(address);
      return conversation;
    },
    participants: (address) => {
      all ??= read.participants(address);
      return all;
    },
  };
}

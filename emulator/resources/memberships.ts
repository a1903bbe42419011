import type { Conversation, Participant, Service } from '../state.ts';

/** Keeps the index behind ParticipantConversations: which conversations an identity or an address is in. */
export function noteMembership(service: Service, conversation: Conversation, participant: Participant): void {
  for (const name of namesOf(participant)) {
    const sids = service.memberships.get(name) ?? new Set();
    service.memberships.set(name, sids.add(conversation.sid));
  }
}

export function forgetMembership(
  service: Service,
  conversation: Conversation,
  participant: Participant,
): void {
  for (const name of namesOf(participant)) {
    const sids = service.memberships.get(name);
    sids?.delete(conversation.sid);
    if (sids?.size === 0) service.memberships.delete(name);
  }
}

export function conversationsOf(service: Service, identityOrAddress: string): readonly Conversation[] {
  const sids = service.memberships.get(identityOrAddress) ?? [];
  return [...sids].flatMap((sid) => service.conversations.get(sid) ?? []);
}

function namesOf({ identity, messaging_binding: binding }: Participant): readonly string[] {
  return [identity, binding?.address, binding?.projected_address].flatMap((name) => name ?? []);
}

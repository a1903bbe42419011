import { cameByChannel } from '../event/read-channel.ts';
import { type ListMessages, listNewest } from '../history/find-reply.ts';
import { messageAddedFrom } from '../history/message-event.ts';
import { type Claim, type ClaimPorts, claimEvent } from './claim.ts';

export interface PersonSincePorts extends ClaimPorts {
  readonly list: ListMessages;
}

/**
 * Whether Twilio has a person's message that is newer than the event: what we decide late (an outage, a message found
 * by the reconciler), somebody may have answered meanwhile, and their message stands behind ours in the queue. One list
 * request, and one for each author whose role AGENTS asks for.
 * @param at when the event happened, in milliseconds since the epoch
 */
export async function hasPersonWrittenSince(
  ports: PersonSincePorts,
  claim: Claim,
  at: number,
): Promise<boolean> {
  const { event, address } = claim;
  const afterIndex = event.EventType === 'onMessageAdded' ? event.Index : -1;
  const { messages } = await listNewest(ports.list, address, { afterIndex, since: at });
  // This very event may be what tells that somebody came by a channel.
  const byChannel = claim.conversation.byChannel === true || cameByChannel(event) === true;
  const conversation = { ...claim.conversation, ...(byChannel ? { byChannel: true as const } : {}) };
  for (const message of messages) {
    const later = messageAddedFrom(message, event.AccountSid, address);
    if (Date.parse(later.DateCreated) < at) continue;
    const { who } = await claimEvent(
      { ...ports, read: claim.read },
      { ...claim, event: later, conversation },
    ).author();
    if (who === 'person') return true;
  }
  return false;
}

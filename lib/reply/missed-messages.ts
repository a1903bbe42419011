import type { Clock, Store } from '../ports.ts';
import type { ConversationAddress } from '../twilio/messages.ts';
import type { MessageAdded } from '../webhook/event-types.ts';
import type { ConversationState } from './conversation.ts';
import { type ListMessages, listNewest } from './find-reply.ts';
import { messageAddedFrom } from './message-event.ts';
import { Retry } from './retry.ts';
import { serviceSince } from './since.ts';

/** A list that does not show a message we already know of is older than it; Twilio's lag is a second or two. */
const STALE_LIST_MS = 2_000;

/**
 * Messages between what is accounted for and `event` whose webhook has not come (yet), oldest first, as the events
 * they would have been, so that they can be answered before it. Indexes may skip numbers, so a gap often holds
 * nothing.
 * @throws Retry when Twilio's list does not even show `event` itself.
 */
export async function missedMessages(
  ports: {
    readonly list: ListMessages;
    readonly store: Store;
    readonly clock: Clock;
    readonly botAuthor: string;
  },
  address: ConversationAddress,
  state: ConversationState | undefined,
  event: MessageAdded,
): Promise<readonly MessageAdded[]> {
  const since = state === undefined ? await serviceSince(ports) : 0;
  const newest = await listNewest(ports.list, address, state?.accounted ?? -1);
  if (!newest.some(({ index }) => index >= event.Index)) throw new Retry('list_lags', STALE_LIST_MS);
  return newest
    .filter((message) => message.index < event.Index && message.author !== ports.botAuthor)
    .map((message) => messageAddedFrom(message, event.AccountSid, address))
    .filter(({ DateCreated }) => Date.parse(DateCreated) >= since)
    .reverse();
}

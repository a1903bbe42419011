import type { MessageAdded } from '../event/event-types.ts';
import { readMarker } from '../event/marker.ts';
import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import type { ConversationRecord } from '../record/conversation.ts';
import { recordKey } from '../record/keys.ts';
import type { MessageRecord } from '../record/message-record.ts';
import { serviceSince } from '../record/since.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { type ListMessages, listNewest, reportDuplicate } from './find-reply.ts';
import { messageAddedFrom } from './message-event.ts';

export interface MissedPorts {
  readonly list: ListMessages;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'error'>;
  readonly botAuthor: string;
}

/** A list that does not show a message we already know of is older than it; Twilio's lag is a second or two. */
const STALE_LIST_MS = 2_000;
/** What a list still does not show by then was deleted. */
const STALE_LISTS = 5;

/** The first message that we hear of need not be the first that Twilio told us of: they overtake each other. */
const BURST_MS = 10_000;

/**
 * Messages between what is accounted for and `event` whose webhook has not come (yet), oldest first, so that they
 * can be answered before it. Indexes may skip numbers, so a gap often holds nothing.
 * @param receiveCount How often the queue has delivered `event`.
 * @throws RetryError when Twilio's list does not even show `event` itself, the first few times.
 */
export async function missedMessages(
  ports: MissedPorts,
  address: ConversationAddress,
  state: ConversationRecord | undefined,
  event: MessageAdded,
  receiveCount: number,
): Promise<readonly MessageAdded[]> {
  const since = state === undefined ? await serviceSince(ports, Date.parse(event.DateCreated) - BURST_MS) : 0;
  const { AccountSid: accountSid } = event;
  const { messages, newestIndex } = await unaccounted(ports, { address, accountSid, state, since });
  const lags = newestIndex < event.Index && receiveCount < STALE_LISTS;
  if (lags) throw new RetryError('list_lags', STALE_LIST_MS);
  return messages.filter(({ Index }) => Index < event.Index);
}

/**
 * What others than the bot wrote after the point up to which the conversation is accounted for, oldest first, as the
 * events that their webhooks would have been. A reply of ours that no record knows is a duplicate, and counted.
 * @param since Milliseconds since the epoch; what was written before is history (since.ts).
 */
export async function unaccounted(
  ports: MissedPorts,
  asked: {
    readonly address: ConversationAddress;
    readonly accountSid: string;
    readonly state: ConversationRecord | undefined;
    readonly since: number;
  },
): Promise<{ readonly messages: readonly MessageAdded[]; readonly newestIndex: number }> {
  const { address, accountSid, state, since } = asked;
  const afterIndex = state?.accounted ?? -1;
  const { messages: newest, cut } = await listNewest(ports.list, address, { afterIndex, since });
  // What is further back stays unseen, which is counted; nobody may wait for ever because others write much.
  if (cut) ports.log.count('history_cut');
  const ours = newest.filter(({ author }) => author === ports.botAuthor);
  for (const reply of ours) {
    if (!state?.own.includes(reply.index)) await checkDuplicate(ports, address, reply);
  }
  return {
    newestIndex: newest[0]?.index ?? -1,
    messages: newest
      .filter(({ author }) => author !== ports.botAuthor)
      .map((message) => messageAddedFrom(message, accountSid, address))
      .filter(({ DateCreated }) => Date.parse(DateCreated) >= since)
      .reverse(),
  };
}

/** Ours by its marker, and not what the record of that part remembers. */
async function checkDuplicate(
  { store, log }: MissedPorts,
  address: ConversationAddress,
  reply: MessageResource,
): Promise<void> {
  const marker = readMarker(reply.attributes);
  if (marker === undefined) return;
  const key = recordKey(address.conversationSid, `onMessageAdded|${marker.in_reply_to}`);
  const record = (await store.get<MessageRecord>(key))?.value;
  const part = record?.parts[Number.parseInt(marker.part, 10) - 1];
  if (part?.replySid === undefined || part.replySid === reply.sid) return;
  reportDuplicate(log, address, reply.sid);
}

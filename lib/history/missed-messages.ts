import type { MessageAdded } from '../event/event-types.ts';
import { keyOf, readMarker } from '../event/marker.ts';
import { cameByChannel } from '../event/read-channel.ts';
import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import { type ConversationRecord, hasAccount } from '../record/conversation.ts';
import { recordKey } from '../record/keys.ts';
import { type MessageRecord, messageParts } from '../record/message-record.ts';
import { type Mark, recordsSince, serviceMark } from '../record/since.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { isProof } from './answers.ts';
import { type ListMessages, listNewest, reportDuplicate } from './find-reply.ts';
import { datedBehind } from './listed-date.ts';
import { messageAddedFrom } from './message-event.ts';
import { type HistoryPorts, type Missed, tellHistory } from './tell-history.ts';

export interface MissedPorts {
  readonly list: ListMessages;
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'error'>;
  readonly botAuthor: string;
}

/** A list that does not show a message we already know of is older than it; Twilio's lag is a second or two. */
export const STALE_LIST_MS = 2_000;
/** What a list still does not show by then was deleted. */
export const STALE_LISTS = 5;

/** The first message that we hear of need not be the first that Twilio told us of: they overtake each other. */
const BURST_MS = 10_000;
/** Or the queue refused the first one: it waits in the spool, and comes with a sweep. */
const SPOOLED_MS = 300_000;

/**
 * Messages between what is accounted for and `event` whose webhook has not come (yet), oldest first, so that they
 * can be answered before it. Indexes may skip numbers, so a gap often holds nothing.
 * @param receiveCount How often the queue has delivered `event`.
 * @throws RetryError when Twilio's list does not even show `event` itself, the first few times; and what listing throws.
 */
export async function missedMessages(
  ports: MissedPorts & HistoryPorts,
  address: ConversationAddress,
  state: ConversationRecord | undefined,
  event: MessageAdded,
  receiveCount: number,
): Promise<readonly Missed[]> {
  const at = Date.parse(event.DateCreated);
  const mark: Mark = hasAccount(state)
    ? { since: recordsSince(ports.clock.now()) }
    : await serviceMark(ports, address.serviceSid, at - BURST_MS);
  const since = Math.min(mark.since, at - SPOOLED_MS);
  const { AccountSid: accountSid } = event;
  const { messages, newestIndex } = await unaccounted(ports, { address, accountSid, state, since });
  const lags = newestIndex < event.Index && receiveCount < STALE_LISTS;
  if (lags) throw new RetryError('list_lags', STALE_LIST_MS);
  const before = messages.filter(({ Index }) => Index < event.Index);
  const byChannel = state?.byChannel === true || cameByChannel(event) === true;
  return tellHistory(ports, before, { address, mark, at, byChannel });
}

/**
 * What others than the bot wrote after the point up to which the conversation is accounted for, oldest first, as the
 * events that their webhooks would have been. A reply that no record knows, to what we have answered, is a duplicate,
 * and counted: one of ours that took effect late, or another stack's.
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
  // Under whatever name it was said: BOT_AUTHOR may have changed since.
  const unknown = newest.filter(({ index }) => !state?.own.includes(index));
  for (const reply of unknown.filter((message) => isProof(message, [ports.botAuthor]))) {
    await checkDuplicate(ports, address, reply);
  }
  return {
    newestIndex: newest[0]?.index ?? -1,
    messages: unknown
      .filter(({ author }) => author !== ports.botAuthor)
      .map((message) => messageAddedFrom(message, accountSid, address))
      .map((message) => datedBehind(message, state ?? {}))
      .filter(({ DateCreated }) => Date.parse(DateCreated) >= since)
      .reverse(),
  };
}

/** By its marker it answers what we have answered, and it is not what the record remembers. */
async function checkDuplicate(
  ports: MissedPorts,
  address: ConversationAddress,
  reply: MessageResource,
): Promise<void> {
  const { store, botAuthor } = ports;
  const marker = readMarker(reply.attributes);
  if (marker === undefined) return;
  const key = recordKey(address.conversationSid, keyOf(marker));
  const record = (await store.get<MessageRecord>(key))?.value;
  if (record === undefined) return;
  const parts = messageParts(record);
  const sent = parts.map(({ replySid }) => replySid).filter((sid) => sid !== undefined);
  if (sent.length === 0 || sent.includes(reply.sid)) return;
  // Another stack may have cut its answer into more parts; a part of ours that is not known to be sent may be this one.
  const part = parts[Number.parseInt(marker.part, 10) - 1];
  if (part !== undefined && part.replySid === undefined) return;
  await reportDuplicate(ports, address, reply.sid, reply.author === botAuthor ? undefined : 'other_stack');
}

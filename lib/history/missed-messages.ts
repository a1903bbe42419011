import { eventKey } from '../event/event-key.ts';
import type { MessageAdded } from '../event/event-types.ts';
import { keyOf, readMarker } from '../event/marker.ts';
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
 * @throws RetryError when Twilio's list does not even show `event` itself, the first few times.
 */
export async function missedMessages(
  ports: MissedPorts,
  address: ConversationAddress,
  state: ConversationRecord | undefined,
  event: MessageAdded,
  receiveCount: number,
): Promise<readonly MessageAdded[]> {
  const at = Date.parse(event.DateCreated);
  const mark = await serviceMark(ports, address.serviceSid, at - BURST_MS);
  const span = hasAccount(state)
    ? { since: recordsSince(ports.clock.now()), unsureUntil: mark.othersUntil ?? 0 }
    : spanBefore(at, mark);
  const { AccountSid: accountSid } = event;
  const { messages, newestIndex } = await unaccounted(ports, { address, accountSid, state, ...span });
  const lags = newestIndex < event.Index && receiveCount < STALE_LISTS;
  if (lags) throw new RetryError('list_lags', STALE_LIST_MS);
  return messages.filter(({ Index }) => Index < event.Index);
}

/** What the first message that is heard of in a conversation may have had before it. @param at when it was written */
function spanBefore(at: number, { since, heard, othersUntil = 0 }: Mark): Span {
  // A look may have set the mark after the process had died that heard of the message.
  const isHeard = heard === true || at < since;
  return {
    since: isHeard ? Math.min(since, at - SPOOLED_MS) : since,
    unsureUntil: Math.max(since, othersUntil),
  };
}

/** In milliseconds since the epoch. */
export interface Span {
  /** What was written before is history (since.ts). */
  readonly since: number;
  /**
   * What was written before may have been another's to answer: it waits for its turn only where nobody has said anything to
   * it since; else it is history, too.
   */
  readonly unsureUntil: number;
}

/**
 * What others than the bot wrote after the point up to which the conversation is accounted for, oldest first, as the
 * events that their webhooks would have been. A reply that no record knows, to what we have answered, is a duplicate,
 * and counted: one of ours that took effect late, or another stack's.
 */
export async function unaccounted(
  ports: MissedPorts,
  asked: {
    readonly address: ConversationAddress;
    readonly accountSid: string;
    readonly state: ConversationRecord | undefined;
  } & Span,
): Promise<{ readonly messages: readonly MessageAdded[]; readonly newestIndex: number }> {
  const { address, accountSid, state, since, unsureUntil } = asked;
  const afterIndex = state?.accounted ?? -1;
  const { messages: newest, cut } = await listNewest(ports.list, address, { afterIndex, since });
  // What is further back stays unseen, which is counted; nobody may wait for ever because others write much.
  if (cut) ports.log.count('history_cut');
  // Under whatever name it was said: BOT_AUTHOR may have changed since.
  const unknown = newest.filter(({ index }) => !state?.own.includes(index));
  for (const reply of unknown.filter((message) => isProof(message, [ports.botAuthor]))) {
    await checkDuplicate(ports, address, reply);
  }
  const saidIndex = lastSaidByOthers(newest);
  const messages: MessageAdded[] = [];
  for (const message of unknown.filter(({ author }) => author !== ports.botAuthor).reverse()) {
    const event = datedBehind(messageAddedFrom(message, accountSid, address), state ?? {});
    const at = Date.parse(event.DateCreated);
    if (at < since) continue;
    // What has a record came to us, and nobody else is to answer it.
    const isUnsure = at < unsureUntil && message.index <= saidIndex;
    if (!isUnsure || (await isRecorded(ports, address, event))) messages.push(event);
  }
  return { newestIndex: newest[0]?.index ?? -1, messages };
}

/**
 * The Index of the last message that somebody else wrote with the account's key, as bots do; -1 where there is none. A
 * marker says itself what it answers, so a bot of this kind is none of them.
 */
export function lastSaidByOthers(messages: readonly MessageResource[]): number {
  const said = messages.filter(
    ({ participant_sid, attributes }) => participant_sid === null && readMarker(attributes) === undefined,
  );
  return Math.max(-1, ...said.map(({ index }) => index));
}

async function isRecorded(
  { store }: MissedPorts,
  { conversationSid }: ConversationAddress,
  event: MessageAdded,
): Promise<boolean> {
  return (await store.get(recordKey(conversationSid, eventKey(event)))) !== undefined;
}

/** By its marker it answers what we have answered, and it is not what the record remembers. */
async function checkDuplicate(
  { store, log, botAuthor }: MissedPorts,
  address: ConversationAddress,
  reply: MessageResource,
): Promise<void> {
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
  reportDuplicate(log, address, reply.sid, reply.author === botAuthor ? undefined : 'other_stack');
}

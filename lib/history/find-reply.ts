import { hasMarker, type Marker } from '../event/marker.ts';
import type { Log } from '../log.ts';
import type { Clock, Store } from '../ports.ts';
import { duplicateKey, saveNext } from '../record/keys.ts';
import { RetryError } from '../retry-error.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { isProof } from './answers.ts';

export type ListMessages = (
  address: ConversationAddress,
  options: { readonly Order: 'desc'; readonly PageSize: number; readonly timeoutMs: number },
) => AsyncIterable<MessageResource>;

const PAGE_SIZE = 100;
/** How far back a search goes, unless it is told otherwise. */
const MAX_MESSAGES = 1_000;
const LIST_TIMEOUT_MS = 5_000;

export interface Newest {
  /** Newest first. */
  readonly messages: readonly MessageResource[];
  /** Whether there are more than are looked at. */
  readonly cut: boolean;
}

/**
 * The newest messages of a conversation, down to but not including `afterIndex`, and not much further back than
 * `since` (milliseconds since the epoch); at most `most`. An import may date a message back, so it takes a whole page
 * of older ones to end the search.
 */
export async function listNewest(
  list: ListMessages,
  address: ConversationAddress,
  {
    afterIndex,
    since = 0,
    most = MAX_MESSAGES,
  }: { readonly afterIndex: number; readonly since?: number; readonly most?: number },
): Promise<Newest> {
  const messages: MessageResource[] = [];
  const seen = new Set<string>();
  let olderInARow = 0;
  for await (const message of list(address, {
    Order: 'desc',
    PageSize: PAGE_SIZE,
    timeoutMs: LIST_TIMEOUT_MS,
  })) {
    // What is written between two pages moves the last of the one to the other.
    if (seen.has(message.sid)) continue;
    seen.add(message.sid);
    olderInARow = Date.parse(message.date_created ?? '') < since ? olderInARow + 1 : 0;
    if (message.index <= afterIndex || olderInARow === PAGE_SIZE) break;
    if (messages.length === most) return { messages, cut: true };
    messages.push(message);
  }
  return { messages, cut: false };
}

/**
 * Every message that is this very reply, oldest first: by its marker, on what the bot or no participant wrote
 * (answers.ts), and after the inbound index, because a reply always comes later than what it answers. One is proof
 * that the part was sent; two are a duplicate; none is proof of nothing until the settle time has passed
 * (send-parts.ts).
 * @throws RetryError when it is not among the newest 1,000 and there are more: then nothing is known.
 */
export async function findReply(
  list: ListMessages,
  address: ConversationAddress,
  wanted: { readonly marker: Marker; readonly author: string; readonly afterIndex: number },
): Promise<readonly MessageResource[]> {
  const { messages, cut } = await listNewest(list, address, wanted);
  const found = messages
    .filter((message) => isProof(message, [wanted.author]) && hasMarker(message.attributes, wanted.marker))
    .reverse();
  if (cut && found.length === 0) throw new RetryError('conversation_too_busy', LIST_TIMEOUT_MS);
  return found;
}

export interface DuplicatePorts {
  readonly store: Pick<Store, 'get' | 'put'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'count' | 'error'>;
}

/**
 * Reports that a customer got one reply twice: a POST took effect later than the settle time allows for, or a second
 * stack that Twilio calls as well has answered. Once, whoever comes across it again.
 */
export async function reportDuplicate(
  { store, clock, log }: DuplicatePorts,
  address: ConversationAddress,
  replySid: string,
  reason?: 'other_stack',
): Promise<void> {
  const key = duplicateKey(address.conversationSid, replySid);
  if ((await store.get(key)) !== undefined) return;
  log.count('duplicate_detected', reason);
  log.error('a reply is at Twilio twice', { ...address, replySid, reason });
  await saveNext({ store, clock }, { key, value: {}, lifetime: 'record' }, undefined);
}

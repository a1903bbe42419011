import type { Log } from '../log.ts';
import type { ConversationAddress, MessageResource } from '../twilio/messages.ts';
import { hasMarker, type Marker } from './marker.ts';
import { Retry } from './retry.ts';

export type ListMessages = (
  address: ConversationAddress,
  options: { readonly Order: 'desc'; readonly PageSize: number; readonly timeoutMs: number },
) => AsyncIterable<MessageResource>;

const PAGE_SIZE = 100;
const MAX_MESSAGES = 1_000;
const LIST_TIMEOUT_MS = 5_000;

/**
 * The newest messages of a conversation, newest first, down to but not including `afterIndex`.
 * @throws Retry when the conversation holds more than 1,000 newer ones: then nothing is known.
 */
export async function listNewest(
  list: ListMessages,
  address: ConversationAddress,
  afterIndex: number,
): Promise<readonly MessageResource[]> {
  const newest: MessageResource[] = [];
  for await (const message of list(address, {
    Order: 'desc',
    PageSize: PAGE_SIZE,
    timeoutMs: LIST_TIMEOUT_MS,
  })) {
    if (message.index <= afterIndex) return newest;
    if (newest.length === MAX_MESSAGES) throw new Retry('conversation_too_busy', LIST_TIMEOUT_MS);
    newest.push(message);
  }
  return newest;
}

/**
 * Every message that is this very reply, oldest first: ours by author and by marker, and after the inbound index,
 * because a reply always comes later than what it answers. One is proof that the part was sent; two are a
 * duplicate; none is proof of nothing until the settle time has passed (send-parts.ts).
 */
export async function findReply(
  list: ListMessages,
  address: ConversationAddress,
  wanted: { readonly marker: Marker; readonly author: string; readonly afterIndex: number },
): Promise<readonly MessageResource[]> {
  const newest = await listNewest(list, address, wanted.afterIndex);
  return newest
    .filter(({ author, attributes }) => author === wanted.author && hasMarker(attributes, wanted.marker))
    .reverse();
}

/** Reports that a customer got one reply twice: a POST took effect later than the settle time allows for. */
export function reportDuplicate(
  log: Pick<Log, 'count' | 'error'>,
  address: ConversationAddress,
  replySid: string,
): void {
  log.count('duplicate_detected');
  log.error('a reply is at Twilio twice', { ...address, replySid });
}

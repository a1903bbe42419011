import type { ConversationEvent } from '../event/event-types.ts';
import type { ListMessages } from '../history/find-reply.ts';
import { type MessageRecord, messageParts, noteIndex } from '../record/message-record.ts';
import type { Claim } from './claim.ts';

const LIST_TIMEOUT_MS = 2_000;

/** Every message of the answer has a greater Index than this. */
export function afterIndexOf({ afterIndex }: MessageRecord, event: ConversationEvent): number {
  return afterIndex ?? indexOf(event);
}

/**
 * Notes before the first POST which message was the newest, so that the answer need not be looked for in all of a long
 * conversation. A message is that itself, or the conversation's state knows of a later one; before a welcome, which has
 * no Index, Twilio is asked for the newest.
 */
export async function noteNewest(
  list: ListMessages,
  claim: Pick<Claim, 'event' | 'address'> & {
    readonly conversation?: Pick<Claim['conversation'], 'accounted'>;
  },
  record: MessageRecord,
): Promise<MessageRecord> {
  const isFirst =
    record.afterIndex === undefined && messageParts(record).every(({ attempts }) => attempts === 0);
  if (!isFirst) return record;
  const own = indexOf(claim.event);
  const newest = Math.max(claim.conversation?.accounted ?? -1, own < 0 ? await askNewest(list, claim) : own);
  return newest > own ? noteIndex(record, newest) : record;
}

/** -1 when there is none, or it cannot be read: then the answer may have to be looked for further back. */
async function askNewest(list: ListMessages, { address }: Pick<Claim, 'address'>): Promise<number> {
  try {
    const newest = list(address, { Order: 'desc', PageSize: 1, timeoutMs: LIST_TIMEOUT_MS });
    for await (const { index } of newest) return index;
    return -1;
  } catch {
    return -1;
  }
}

function indexOf(event: ConversationEvent): number {
  return 'Index' in event ? event.Index : -1;
}

import type { MessageRecord } from '../../../lib/record/message-record.ts';
import { mayWait } from '../../evidence/waits.ts';
import type { Finding } from '../finding.ts';
import type { Seen } from '../seen.ts';

/** An event that the bot began with and on which nobody works any more. */
export function findWithoutOutcome(seen: Seen): readonly Finding[] {
  const { records, address, work } = seen;
  return [...records].flatMap(([key, record]): Finding[] => {
    const isOpen = record.finished === undefined && isJudged(seen, key, record);
    if (!isOpen || mayWait(seen, key, record.receivedAt)) return [];
    const sid = key.split('|')[1] ?? key;
    const where = work.dead.has(key) ? 'it is a dead letter' : 'nobody works on it';
    return [{ kind: 'without_outcome', sid, address, says: `It is in flight, and ${where}.` }];
  });
}

/** What was deleted while it was in flight stays so until its record expires (docs/guarantees.md). */
function isJudged({ span, messages, cut }: Seen, key: string, { receivedAt }: MessageRecord): boolean {
  if (receivedAt < span.from || receivedAt >= span.to) return false;
  const [type, sid] = key.split('|');
  return type !== 'onMessageAdded' || cut || messages.some((message) => message.sid === sid);
}

import type { ConversationAddress } from '../../lib/twilio/messages.ts';
import { mayWait } from '../evidence/waits.ts';
import type { Span } from '../stage/stage.ts';
import type { Counts } from './conserve.ts';
import type { Finding } from './finding.ts';
import type { Seen } from './seen.ts';

/** What is printed. */
export interface Proof {
  readonly span: Span;
  readonly conversations: {
    readonly looked: number;
    /** Of how many; of a sample, of how many at least. */
    readonly of: number;
    readonly isSample: boolean;
    /** In so many of them Twilio has more than was read. */
    readonly cut: number;
  };
  /** What others wrote, by what became of it. Together they are all of it. */
  readonly became: Readonly<Record<string, number>>;
  /** Messages that ended without an answer, or without a step of it, because something was wrong: no promise is broken. */
  readonly unanswered: readonly Unanswered[];
  readonly findings: readonly Finding[];
  /** Absent where only some conversations were looked at. */
  readonly counts?: Counts;
  /** Services that Twilio calls another stack for. */
  readonly others: readonly string[];
  /** To Twilio. */
  readonly requests: number;
}

export interface Unanswered {
  readonly sid: string;
  readonly address: ConversationAddress;
  readonly outcome: 'stale' | 'quarantined' | 'step_refused';
  readonly reason?: string;
}

/** What became of each message that others wrote: its outcome, else why it has none. */
export function becameOf(seen: Seen): readonly string[] {
  return seen.asked.map(({ record, answers, key, at }) => {
    if (record?.finished !== undefined) return record.finished.outcome;
    if (mayWait(seen, key, record?.receivedAt ?? at)) return 'waiting';
    if (record !== undefined) return 'in_flight';
    if (answers.length > 0) return 'answered_without_record';
    return at < seen.mark.since ? 'before_the_bot' : 'unknown';
  });
}

export function unansweredIn({ asked, address }: Seen): readonly Unanswered[] {
  return asked.flatMap(({ message: { sid }, record }): Unanswered[] => {
    const { outcome, reason } = record?.finished ?? {};
    const refused = record?.parts.find((part) => part.refused !== undefined);
    if (outcome === 'replied' && refused !== undefined)
      return [{ sid, address, outcome: 'step_refused', reason: `${refused.step?.kind}: ${refused.refused}` }];
    if (outcome !== 'stale' && outcome !== 'quarantined') return [];
    return [{ sid, address, outcome, ...(reason === undefined ? {} : { reason }) }];
  });
}

import { eventTime } from '../../lib/event/event-time.ts';
import { memoryOf } from '../../lib/record/memory.ts';
import type { Read } from '../../lib/rules/match/reading.ts';
import type { Considered, RuleBook } from '../../lib/rules/types.ts';
import { listSaid, type Said } from './list-said.ts';
import type { Heard } from './start-bot.ts';

/** What the bot answered, and why. */
export interface Answer {
  readonly said: readonly Said[];
  /** The rules that had a say, in order. */
  readonly rules: readonly string[];
  /** Why it was silent; undefined where it answered, be it that it only remembers something. */
  readonly reason: string | undefined;
  readonly considered: readonly Considered[];
}

/** Where the bot does not even hear of it. */
export const UNHEARD: Answer = { said: [], rules: [], reason: 'no_rule', considered: [] };

/** @param read what there is to be read at Twilio */
export function answerOf(
  { event, decision: made, settled, record, before }: Heard,
  book: RuleBook,
  read: Read,
): Answer {
  const { outcome, reason = outcome } = record.finished ?? { outcome: 'in_flight' };
  const { considered } = made;
  const decision = settled ?? made;
  if (outcome !== 'replied' || decision.outcome !== 'reply')
    return { said: [], rules: [], reason, considered };
  const now = eventTime(event, record.receivedAt);
  const said = listSaid(book, decision, { event, now, memory: memoryOf(before), read });
  return { said, rules: decision.shares.map(({ rule }) => rule), reason: undefined, considered };
}

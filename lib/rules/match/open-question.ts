import type { ConversationEvent } from '../../event/event-types.ts';
import { subjectKey } from '../../guards/subject-key.ts';
import type { Memory, OpenQuestion } from '../memory.ts';
import { ruleById } from '../rule-by-id.ts';

/** How a question is open. */
export interface Wait {
  readonly ms: number;
  /** An answer leaves it open, as a menu. */
  readonly keep?: true;
}

/** What of a RuleBook says how long questions are open. */
export interface WaitingRules {
  readonly rules: readonly { readonly id: string; readonly waits?: Wait }[];
}

/** How a question of this rule is open; undefined when the rule is gone, or waits no more. */
export function waitOf(book: WaitingRules, rule: string): Wait | undefined {
  return ruleById(book, rule)?.waits;
}

/** Why the question that is remembered is not open to this message; undefined when it is. */
export type NotOpen = 'none' | 'closed' | 'earlier' | 'other customer' | 'time over';

/**
 * Whether the question is open to this event: a message of the one it was put to, with a greater Index, and in time.
 * The moment the wait ends is in time.
 */
export function whyNotOpen(
  book: WaitingRules,
  event: ConversationEvent,
  { question }: Memory,
  at: number,
): NotOpen | undefined {
  if (question === undefined || event.EventType !== 'onMessageAdded') return 'none';
  const wait = waitOf(book, question.rule);
  if (wait === undefined) return 'closed';
  if (event.Index <= question.index) return 'earlier';
  if (question.to !== undefined && question.to !== subjectKey(event)) return 'other customer';
  return at - question.at > wait.ms ? 'time over' : undefined;
}

/** The question, where it is open to this event. */
export function openQuestion(...asked: Parameters<typeof whyNotOpen>): OpenQuestion | undefined {
  return whyNotOpen(...asked) === undefined ? asked[2].question : undefined;
}

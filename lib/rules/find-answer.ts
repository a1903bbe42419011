import { decideMatch } from './match/match-rule.ts';
import type { Facts } from './match/read-facts.ts';
import { candidates } from './match/rule-index.ts';
import { ruleById } from './rule-by-id.ts';
import type { Otherwise, Rule, RuleBook, Then, When } from './types.ts';

/** Rules that speak before the one that decides; more than these are passed over. */
export const MAX_CONTINUED = 3;

/** A rule, or an item of an `otherwise`, that has a say. */
export interface Answerer {
  /** Absent for an item of an `otherwise`. */
  readonly rule?: Rule;
  readonly id: string;
  readonly when?: When;
  readonly then: Then;
  readonly from: 'rules' | 'question' | 'file';
}

export interface Found {
  /** Those that `continue`, in order. */
  readonly continued: readonly Answerer[];
  /** The one that decides. */
  readonly taken?: Answerer;
  /** It is a stop word that no rule took: it is left alone. */
  readonly isLeftAlone: boolean;
}

const UNREAD: Found = { continued: [], isLeftAlone: false };

/** Who answers. Where something asked for is not read yet (facts.missing), what comes back means nothing. */
export function findAnswer(book: RuleBook, facts: Facts): Found {
  const continued: Answerer[] = [];
  for (const { rule, when } of candidates(book, facts)) {
    if (rule.continues && continued.length === MAX_CONTINUED) continue;
    const isMatch = decideMatch(when, facts, rule.id);
    if (isMatch === undefined) return UNREAD;
    if (!isMatch) continue;
    const { id, then } = rule;
    const answerer: Answerer = { rule, id, when, then, from: 'rules' };
    if (!rule.continues) return { continued, taken: answerer, isLeftAlone: false };
    continued.push(answerer);
  }
  if (facts.isStopWord) return { continued, isLeftAlone: true };
  const last =
    findOtherwise(ownOtherwise(book, facts), 'question', facts) ??
    findOtherwise(fileOtherwise(book, facts), 'file', facts);
  return { continued, ...(last && { taken: last }), isLeftAlone: false };
}

/** What answers for the question that is open to this event. */
export function ownOtherwise(book: RuleBook, { question }: Pick<Facts, 'question'>): readonly Otherwise[] {
  return (question && ruleById(book, question.rule)?.otherwise) ?? [];
}

export function fileOtherwise(book: RuleBook, { event }: Pick<Facts, 'event'>): readonly Otherwise[] {
  return event.EventType === 'onMessageAdded' ? (book.otherwise ?? []) : [];
}

function findOtherwise(
  items: readonly Otherwise[],
  from: Answerer['from'],
  facts: Facts,
): Answerer | undefined {
  const item = items.find(({ id, when }) => when === undefined || decideMatch(when, facts, id) !== false);
  return item && { ...item, from };
}

import { whyMatched, whyNot } from './match/match-rule.ts';
import type { Facts } from './match/read-facts.ts';
import type { Considered, RuleBook } from './types.ts';

/** What `otherwise` is called where a rule's id stands. No rule may have this id. */
export const OTHERWISE = 'otherwise';

/**
 * Every rule in order: why it did not match, which one did, and which were never asked.
 * @param leftAlone why `otherwise` must not answer, if so.
 */
export function explain(book: RuleBook, facts: Facts, leftAlone?: string): readonly Considered[] {
  let matched: string | undefined;
  const considered = book.rules.map(({ id, when }): Considered => {
    if (matched !== undefined)
      return { rule: id, matched: false, why: `not asked: "${matched}" matched first` };
    const failure = whyNot(when, facts);
    if (failure !== undefined) return { rule: id, matched: false, why: failure };
    matched = id;
    return { rule: id, matched: true, why: whyMatched(when, facts) };
  });
  if (book.otherwise === undefined || facts.event.EventType !== 'onMessageAdded') return considered;
  const unasked = matched === undefined ? leftAlone : `"${matched}" matched first`;
  const why = unasked === undefined ? 'no rule matched' : `not asked: ${unasked}`;
  return [...considered, { rule: OTHERWISE, matched: unasked === undefined, why }];
}

function notAsked(matched: string): string {
  return `not asked: "${matched}" matched first`;
}

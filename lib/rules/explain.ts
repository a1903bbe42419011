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
  let unasked: string | undefined;
  const considered = book.rules.map(({ id, when }): Considered => {
    if (unasked !== undefined) return { rule: id, matched: false, why: `not asked: ${unasked}` };
    const failure = whyNot(when, facts);
    if (failure !== undefined) return { rule: id, matched: false, why: failure };
    unasked = `"${id}" matched first`;
    return { rule: id, matched: true, why: whyMatched(when, facts) };
  });
  if (book.otherwise === undefined || facts.event.EventType !== 'onMessageAdded') return considered;
  unasked ??= leftAlone;
  const why = unasked === undefined ? 'no rule matched' : `not asked: ${unasked}`;
  return [...considered, { rule: OTHERWISE, matched: unasked === undefined, why }];
}

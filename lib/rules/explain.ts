import { type Found, fileOtherwise, MAX_CONTINUED, ownOtherwise } from './find-answer.ts';
import { whyMatched, whyNot } from './match/match-rule.ts';
import type { Facts } from './match/read-facts.ts';
import type { Considered, Otherwise, Rule, RuleBook } from './types.ts';

/** What `otherwise` is called where a rule's id stands. No rule may have this id. */
export const OTHERWISE = 'otherwise';

/**
 * Every rule in order, then the question's own `otherwise` and the file's: why each did not match, which ones did, and
 * which were never asked.
 */
export function explain(
  book: RuleBook,
  facts: Facts,
  { isLeftAlone }: Pick<Found, 'isLeftAlone'>,
): readonly Considered[] {
  let unasked: string | undefined;
  let continued = 0;
  const notAsked = (rule: string): Considered => ({ rule, matched: false, why: `not asked: ${unasked}` });
  const ofRule = (rule: Rule): Considered => {
    const { id, when } = rule;
    if (unasked !== undefined) return notAsked(id);
    if (when === undefined)
      return { rule: id, matched: false, why: 'it has no "when": only go_to or a program leads to it' };
    if (rule.continues && continued === MAX_CONTINUED)
      return { rule: id, matched: false, why: `not asked: ${MAX_CONTINUED} rules before it continue` };
    const failure = whyNot(when, facts, id);
    if (failure !== undefined) return { rule: id, matched: false, why: failure };
    const why = whyMatched(when, facts, id);
    if (rule.continues) {
      continued += 1;
      return { rule: id, matched: true, why: `${why}; it continues` };
    }
    unasked = `"${id}" matched first`;
    return { rule: id, matched: true, why };
  };
  const ofItem = ({ id, when }: Otherwise): Considered => {
    if (unasked !== undefined) return notAsked(id);
    const failure = when && whyNot(when, facts, id);
    if (failure !== undefined) return { rule: id, matched: false, why: failure };
    unasked = `"${id}" matched first`;
    const conditions = when && whyMatched(when, facts, id);
    return { rule: id, matched: true, why: conditions ?? 'no rule matched' };
  };
  const rules = book.rules.map(ofRule);
  if (isLeftAlone) unasked ??= 'a stop word such as STOP is left alone';
  return [...rules, ...[...ownOtherwise(book, facts), ...fileOtherwise(book, facts)].map(ofItem)];
}

import type { Rule } from '../types.ts';
import { keywordsOf } from './check-keywords.ts';
import type { CheckedFile } from './checked-file.ts';
import { isImplied } from './relate-conditions.ts';
import { factsOf, rulesFor, whyTaken } from './try-words.ts';

/**
 * Notes keywords that an earlier rule takes by other conditions than a keyword: by what a message includes, by a
 * pattern, or because an answer may be just that. Of `answer: text` check-answer-text.ts speaks.
 */
export function checkTaken({ book, rules }: CheckedFile): void {
  const places = new Map(rules.map(({ rule }, place) => [rule, place]));
  // A book of their own, or each keyword would be compared with all that answer the same question.
  const takers = { ...book, rules: book.rules.filter(isOfOtherKind) };
  for (const [place, { rule, given, spot }] of rules.entries()) {
    const { when } = rule;
    if (when?.keyword === undefined) continue;
    for (const [item, word] of keywordsOf({ given }).entries()) {
      const facts = factsOf(book, word, when.after?.[0]);
      for (const earlier of rulesFor(takers, facts)) {
        const at = places.get(earlier.rule) ?? place;
        if (at >= place) break;
        if (!isImplied(earlier.when, when)) continue;
        spot
          .at('when', 'keyword', item)
          .note(
            `"${word}" never comes here: the rule "${earlier.rule.id}" in line ${rules[at]?.spot.at('id').line()} takes it ` +
              `(${whyTaken(earlier.when, facts)}). Move this rule above that one.`,
          );
        break;
      }
    }
  }
}

/** Whoever takes a keyword by the same keyword, all there is, or any text, is told elsewhere. */
function isOfOtherKind({ when, continues }: Rule): boolean {
  if (continues || when === undefined || when.keyword !== undefined) return false;
  const { after, answer, includes, pattern } = when;
  if (answer?.some(({ kind }) => kind === 'text')) return false;
  return [after, answer, includes, pattern].some((asked) => asked !== undefined);
}

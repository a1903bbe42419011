import type { Otherwise, ReplyAction, Rule, RuleBook } from './types.ts';

/** All that may answer in a book: its rules, then what each has for its own question, then the file's `otherwise`. */
export function everyAnswer({ rules, otherwise = [] }: RuleBook): readonly (Rule | Otherwise)[] {
  return [...rules, ...rules.flatMap((rule) => rule.otherwise ?? []), ...otherwise];
}

/** All that is done by any of them; what a `call` has for when it fails stands in it. */
export function everyAction(book: RuleBook): readonly ReplyAction[] {
  return everyAnswer(book).flatMap(({ then }) => (then === 'ignore' ? [] : then.actions));
}

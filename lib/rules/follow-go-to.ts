import type { Answerer } from './find-answer.ts';
import { ruleById } from './rule-by-id.ts';
import type { ReplyAction, RuleBook } from './types.ts';

/** Rules that one answer may go on to. */
export const MAX_GO_TO = 5;

export interface Followed {
  /** It says nothing: `ignore`, or nothing but on to a rule that ignores. */
  readonly isIgnored: boolean;
  /** Its own, then those of the rules it goes on to. */
  readonly actions: readonly ReplyAction[];
  /** The rule whose question is the last thing said. */
  readonly asks?: string;
  /** The rules it goes on to, in order. */
  readonly goneOnTo: readonly string[];
  /** What speaks and has a `once`. */
  readonly spoken: readonly string[];
}

const IGNORED: Followed = { isIgnored: true, actions: [], goneOnTo: [], spoken: [] };

export function followGoTo(book: Pick<RuleBook, 'rules'>, { id, when, then, rule }: Answerer): Followed {
  if (then === 'ignore') return IGNORED;
  const actions = [...then.actions];
  const spoken = when?.once === undefined ? [] : [id];
  const goneOnTo: string[] = [];
  let last = rule;
  let next = then.goTo;
  for (let depth = 0; next !== undefined && depth < MAX_GO_TO; depth++) {
    goneOnTo.push(next);
    last = ruleById(book, next);
    const answer = last?.then === 'ignore' ? undefined : last?.then;
    actions.push(...(answer?.actions ?? []));
    if (last?.when?.once !== undefined) spoken.push(last.id);
    next = answer?.goTo;
  }
  if (last?.then === 'ignore' && actions.length === 0) return IGNORED;
  const asks = last?.waits && { asks: last.id };
  return { isIgnored: false, actions, ...asks, goneOnTo, spoken };
}

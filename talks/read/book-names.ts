import { DEFAULT_LANGUAGES } from '../../lib/rules/match/tell-language.ts';
import type { RuleBook, Then } from '../../lib/rules/types.ts';

/** What a talk may name of the bot that it is about. */
export interface BookNames {
  /** Rules, and items of an `otherwise`. */
  readonly answerers: readonly string[];
  /** Rules that ask a question. */
  readonly waiting: readonly string[];
  readonly templates: readonly string[];
  /** That some rule calls. */
  readonly handlers: readonly string[];
  readonly languages: readonly string[];
}

export function namesOf({
  rules,
  otherwise = [],
  templates,
  languages = DEFAULT_LANGUAGES,
}: RuleBook): BookNames {
  const items = [...rules.flatMap((rule) => rule.otherwise ?? []), ...otherwise];
  return {
    answerers: [...rules, ...items].map(({ id }) => id),
    waiting: rules.filter(({ waits }) => waits !== undefined).map(({ id }) => id),
    templates: Object.keys(templates),
    handlers: [...new Set([...rules, ...items].flatMap(({ then }) => calledIn(then)))],
    languages,
  };
}

function calledIn(then: Then): readonly string[] {
  if (then === 'ignore') return [];
  return then.actions.flatMap((action) => (action.kind === 'call' ? [action.handler] : []));
}

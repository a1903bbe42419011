import { titlesOf } from '../../lib/rules/actions/offers.ts';
import { withoutCalls } from '../../lib/rules/actions/without-calls.ts';
import type { RuleBook } from '../../lib/rules/types.ts';
import type { Happening } from '../talk.ts';
import type { Said } from './list-said.ts';

/**
 * What can be tapped after this: titles of the templates that the bot sent. A program posts a template of its own, with
 * the titles, as far as anybody knows here, of the rule whose question it asks.
 */
export function offeredTitles(
  book: RuleBook,
  happening: Happening,
  said: readonly Said[],
): readonly string[] {
  const sent = said.flatMap((one) =>
    one.kind === 'template' ? titlesOf(book, one.template, one.variables) : [],
  );
  if (happening.does !== 'program') return sent;
  const then = book.rules.find(({ id }) => id === happening.waits)?.then;
  const actions = then === undefined || then === 'ignore' ? [] : withoutCalls(then.actions);
  return actions.flatMap((action) => (action.kind === 'template' ? titlesOf(book, action.template, {}) : []));
}

import { withoutCalls } from '../../lib/rules/actions/without-calls.ts';
import type { PlainAction, RuleBook, Then } from '../../lib/rules/types.ts';
import type { Talk } from '../talk.ts';

/** Your people: whoever writes as one, and whom rules invite. */
export function personsOf(
  { steps }: Pick<Talk, 'steps'>,
  { rules, otherwise = [] }: RuleBook,
): readonly string[] {
  const writing = steps.flatMap((step) => (step.does === 'agent' ? [step.identity] : []));
  const thens = [...rules.flatMap((rule) => [rule, ...(rule.otherwise ?? [])]), ...otherwise].map(
    ({ then }) => then,
  );
  const invited = thens
    .flatMap(actionsOf)
    .flatMap((action) => (action.kind === 'handover' ? action.invite : []));
  return [...new Set([...writing, ...invited])];
}

function actionsOf(then: Then): readonly PlainAction[] {
  return then === 'ignore' ? [] : withoutCalls(then.actions);
}

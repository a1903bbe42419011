import { isMessage } from '../actions/actions.ts';
import { OTHERWISE } from '../explain.ts';
import { followGoTo, MAX_GO_TO } from '../follow-go-to.ts';
import { ruleById } from '../rule-by-id.ts';
import type { Otherwise, Rule, Then } from '../types.ts';
import type { Path } from './locate.ts';
import type { Spot } from './spot.ts';

/** Messages that one message of a customer may cost. */
const MAX_MESSAGES = 10;

/**
 * How rules lead to each other: every question is answered, and every way ends.
 * @param last the file's `otherwise`
 * @param spot the file
 */
export function checkQuestions(rules: readonly Rule[], last: readonly Otherwise[], spot: Spot): void {
  const lasts = answersOfItems(last);
  const answers = [...rules.flatMap(answersOf), ...lasts];
  const named = new Set(answers.flatMap(({ answer }) => goToOf(answer) ?? []));
  const answered = new Set(rules.flatMap(({ when }) => when?.after ?? []));
  for (const [index, rule] of rules.entries()) {
    const place = spot.at('rules', index);
    for (const [item, id] of (rule.when?.after ?? []).entries()) {
      if (ruleById({ rules }, id)?.waits !== undefined) continue;
      place
        .at('when', 'after', item)
        .problem(`The rule "${id}" asks nothing. Add "wait" to its last text, or name another rule.`);
    }
    if (rule.waits !== undefined && !answered.has(rule.id)) {
      place
        .at('id')
        .problem(
          `Nobody answers the question of "${rule.id}". Add a rule with "after: ${rule.id}", or leave "wait" out.`,
        );
    }
    if (rule.when === undefined && rule.waits === undefined && !named.has(rule.id)) {
      place
        .at('id')
        .problem(
          `Nothing leads to the rule "${rule.id}": it has no "when", and no go_to names it. Add one of them.`,
        );
    }
    for (const { path, answer } of answersOf(rule)) checkWay(answer, rule, rules, place.at(...path));
  }
  for (const { path, answer } of lasts) checkWay(answer, undefined, rules, spot.at(...path));
}

interface Placed {
  readonly path: Path;
  readonly answer: Then;
}

function answersOf({ then, otherwise = [] }: Rule): readonly Placed[] {
  return [{ path: ['then'], answer: then }, ...answersOfItems(otherwise)];
}

function answersOfItems(items: readonly Otherwise[]): readonly Placed[] {
  return items.map(({ then }, index) => ({ path: [OTHERWISE, index, 'then'], answer: then }));
}

function goToOf(then: Then): string | undefined {
  return then === 'ignore' ? undefined : then.goTo;
}

/** @param rule whose answer it is, or the answer of whose question; absent for the file's */
function checkWay(then: Then, rule: Rule | undefined, rules: readonly Rule[], place: Spot): void {
  const way: string[] = [];
  let next = goToOf(then);
  const isOwn = then === rule?.then;
  const from = rule?.id ?? OTHERWISE;
  while (next !== undefined) {
    const id: string = next;
    if (way.includes(id) || (isOwn && id === from)) {
      place.problem(`This goes round in a circle: ${[from, ...way, id].join(' → ')}. Let one of them end.`);
      return;
    }
    way.push(id);
    next = goToOf(ruleById({ rules }, id)?.then ?? 'ignore');
  }
  if (way.length > MAX_GO_TO) {
    place.problem(
      `This goes on to ${way.length} rules, ${way.join(' → ')}; at most ${MAX_GO_TO} are allowed.`,
    );
    return;
  }
  const { actions } = followGoTo({ rules }, { id: from, then, from: 'rules' });
  const messages = actions.filter((action) => isMessage(action)).length;
  if (messages > MAX_MESSAGES) {
    place.problem(`This answers with ${messages} messages; at most ${MAX_MESSAGES} are allowed.`);
  }
}

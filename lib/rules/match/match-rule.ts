import { ASKED, type ConditionName, type When } from './conditions/conditions.ts';
import type { Facts } from './read-facts.ts';

/** @param asker the rule, or the item of an `otherwise`, whose conditions these are */
export function matches(when: When, facts: Facts, asker: string): boolean {
  return firstFailure(when, facts, asker) === undefined;
}

/**
 * Whether a rule matches; undefined where that depends on what was not read, which `facts.missing` then says. A rule
 * that fails whatever is read asks for nothing.
 */
export function decideMatch(when: When, facts: Facts, asker: string): boolean | undefined {
  const holds = matches(when, facts, asker);
  if (facts.missing() === undefined) return holds;
  const fails = failureAnyway(when, facts, asker) !== undefined;
  facts.unask();
  if (fails) return false;
  matches(when, facts, asker);
  return undefined;
}

/** Why a rule does not match: the first of its conditions that does not hold. Undefined when all hold. */
export function whyNot(when: When, facts: Facts, asker: string): string | undefined {
  const failure = failureAnyway(when, facts, asker) ?? firstFailure(when, facts, asker);
  if (failure === undefined) return undefined;
  const [name, condition] = failure;
  return `${name}: ${condition.no(when[name], facts, asker)}`;
}

/** Which of a rule's conditions is the first that does not hold. */
export function failedCondition(when: When, facts: Facts, asker: string): ConditionName | undefined {
  return firstFailure(when, facts, asker)?.[0];
}

/** Why a rule whose conditions all hold matched. The event goes without saying where there are others. */
export function whyMatched(when: When, facts: Facts, asker: string): string {
  const reasons = conditionsOf(when).map(([name, { yes }]) => `${name}: ${yes(when[name], facts, asker)}`);
  return reasons.slice(reasons.length > 1 ? 1 : 0).join('; ');
}

/** What a rule that matches took from the message. */
export function capturesOf(when: When, facts: Facts): Readonly<Record<string, string>> {
  const captures = conditionsOf(when).map(([name, { captures }]) => captures?.(when[name], facts));
  return Object.assign({}, ...captures) as Record<string, string>;
}

function conditionsOf(when: When): typeof ASKED {
  return ASKED.filter(([name]) => when[name] !== undefined);
}

function firstFailure(when: When, facts: Facts, asker: string): (typeof ASKED)[number] | undefined {
  return ASKED.find(
    ([name, condition]) => when[name] !== undefined && !condition.holds(when[name], facts, asker),
  );
}

/** The first condition that does not hold whatever is read. */
function failureAnyway(when: When, facts: Facts, asker: string): (typeof ASKED)[number] | undefined {
  return conditionsOf(when).find(([name, { holds }]) => {
    facts.unask();
    return !holds(when[name], facts, asker) && facts.missing() === undefined;
  });
}

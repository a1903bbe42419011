import type { Rule, When } from '../types.ts';
import { CONDITION_ENTRIES } from './conditions/condition-forms.ts';
import type { Spot } from './spot.ts';

/**
 * Ids must be unique, and every rule must be able to match.
 * @param rules nothing where one is broken: then only its id counts
 * @param ids as they stand in the file
 */
export function checkOrder(rules: readonly (Rule | undefined)[], ids: readonly unknown[], spot: Spot): void {
  const lines = new Map<string, number>();
  const unconditional: (Rule & { readonly when: When })[] = [];
  for (const [index, rule] of rules.entries()) {
    const place = spot.at(index, 'id');
    const id = ids[index];
    const first = typeof id === 'string' ? lines.get(id) : undefined;
    if (first !== undefined)
      place.problem(`The id "${id}" is already used in line ${first}. Give each rule its own.`);
    else if (typeof id === 'string') lines.set(id, place.line());
    if (rule?.when === undefined) continue;
    const { when } = rule;
    const cover = unconditional.find((earlier) => takesAllOf(earlier.when, when));
    if (cover !== undefined) {
      place.problem(
        `The rule "${rule.id}" is never reached: "${cover.id}" before it matches everything. ` +
          'Move it up, or use "otherwise" for the rest.',
      );
    }
    if (isUnconditional(when) && !rule.continues) unconditional.push({ ...rule, when });
  }
}

function isUnconditional(when: When): boolean {
  return CONDITION_ENTRIES.every(([name, { covers }]) => when[name] === undefined || covers !== undefined);
}

/** Whether an unconditional `earlier` takes every event and channel that `later` waits for. */
function takesAllOf(earlier: When, later: When): boolean {
  return CONDITION_ENTRIES.every(
    ([name, { covers }]) => earlier[name] === undefined || covers?.(earlier[name], later[name]),
  );
}

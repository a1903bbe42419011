import type { Rule, When } from '../types.ts';
import { CONDITION_ENTRIES } from './conditions/condition-forms.ts';
import type { Spot } from './spot.ts';

/** Ids must be unique, and every rule must be able to match. Broken rules are passed over. */
export function checkOrder(rules: readonly (Rule | undefined)[], spot: Spot): void {
  const lines = new Map<string, number>();
  const unconditional: (Rule & { readonly when: When })[] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule === undefined) continue;
    const place = spot.at(index, 'id');
    const first = lines.get(rule.id);
    if (first === undefined) lines.set(rule.id, place.line());
    else place.problem(`The id "${rule.id}" is already used in line ${first}. Give each rule its own.`);
    const { when } = rule;
    if (when === undefined) continue;
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

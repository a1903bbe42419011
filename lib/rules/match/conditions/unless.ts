import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';

/** Conditions by name, and what each asks for. */
export type Group = Readonly<Record<string, unknown>>;

type Named = Readonly<Record<string, Condition<never>>>;

/**
 * Groups of conditions of which none may hold; a group holds when all in it do.
 * @param conditions those that may stand in a group
 */
export function unlessOf(conditions: Named): Condition<readonly Group[]> {
  const named = Object.entries(conditions);
  const ofGroup = (group: Group) =>
    named
      .filter(([name]) => group[name] !== undefined)
      .map(([name, condition]) => ({
        name,
        condition: condition as Condition<unknown>,
        wanted: group[name],
      }));
  const holds = (group: Group, facts: Facts, asker: string) =>
    ofGroup(group).every(({ condition, wanted }) => condition.holds(wanted, facts, asker));
  const explain = (group: Group, facts: Facts, asker: string) =>
    ofGroup(group)
      .map(({ name, condition, wanted }) => `${name}: ${condition.yes(wanted, facts, asker)}`)
      .join(' and ');
  return {
    holds: (groups, facts, asker) => !groups.some((group) => holds(group, facts, asker)),
    yes: (groups) => (groups.length === 1 ? 'it does not hold' : 'none of it holds'),
    no: (groups, facts, asker) => {
      const held = groups.find((group) => holds(group, facts, asker)) ?? {};
      return explain(held, facts, asker);
    },
  };
}

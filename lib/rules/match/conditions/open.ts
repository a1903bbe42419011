import { isOpen } from '../../hours/is-open.ts';
import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';

/** Names of opening hours, of which any is open. */
export const open: Condition<readonly string[]> = {
  holds: (names, facts) => names.some((name) => isOpenBy(name, facts)),
  yes: (names, facts) =>
    areSo(
      names.filter((name) => isOpenBy(name, facts)),
      'open',
    ),
  no: (names) => areSo(names, 'closed'),
};

/** "shop is open", "shop, desk are open" */
export function areSo(names: readonly string[], what: 'open' | 'closed'): string {
  return `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} ${what}`;
}

/** Whether the named hours are open when the customer writes. */
export function isOpenBy(name: string, { hours, timezone, at }: Facts): boolean {
  const named = hours[name];
  return named !== undefined && isOpen(named, timezone, at);
}

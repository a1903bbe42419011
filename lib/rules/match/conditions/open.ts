import { isOpen } from '../../hours/is-open.ts';
import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';

/** Names of opening hours, of which any is open. */
export const open: Condition<readonly string[]> = {
  holds: (names, facts) => names.some((name) => isOpenBy(name, facts)),
  yes: (names, facts) => `${names.filter((name) => isOpenBy(name, facts)).join(', ')} is open`,
  no: (names) => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} closed`,
};

/** Whether the named hours are open when the customer writes. */
export function isOpenBy(name: string, { hours, timezone, at }: Facts): boolean {
  const named = hours[name];
  return named !== undefined && isOpen(named, timezone, at);
}

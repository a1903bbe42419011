import type { Condition } from './condition.ts';
import { isOpenBy } from './open.ts';

/** Names of opening hours, of which any is closed. */
export const closed: Condition<readonly string[]> = {
  holds: (names, facts) => names.some((name) => !isOpenBy(name, facts)),
  yes: (names, facts) => `${names.filter((name) => !isOpenBy(name, facts)).join(', ')} is closed`,
  no: (names) => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} open`,
};

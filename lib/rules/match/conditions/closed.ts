import type { Condition } from './condition.ts';
import { areSo, isOpenBy } from './open.ts';

/** Names of opening hours, of which any is closed. */
export const closed: Condition<readonly string[]> = {
  holds: (names, facts) => names.some((name) => !isOpenBy(name, facts)),
  yes: (names, facts) =>
    areSo(
      names.filter((name) => !isOpenBy(name, facts)),
      'closed',
    ),
  no: (names) => areSo(names, 'open'),
};

import type { Facts } from './read-facts.ts';

/** Whether something holds, or depends on what was not read. Asking does not make it read: no rule has come to it yet. */
export function mayBe(facts: Pick<Facts, 'missing' | 'unask'>, holds: () => boolean): boolean {
  const does = holds();
  const isUnread = facts.missing() !== undefined;
  facts.unask();
  return does || isUnread;
}

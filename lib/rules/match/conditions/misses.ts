import type { Condition } from './condition.ts';

/** How often at least the question's `otherwise` has answered since it was asked. */
export const misses: Condition<number> = {
  holds: (wanted, { question }) => (question?.misses ?? 0) >= wanted,
  yes: (wanted) => `the question was missed ${times(wanted)} or more`,
  no: (wanted) => `the question was not missed ${times(wanted)} yet`,
};

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

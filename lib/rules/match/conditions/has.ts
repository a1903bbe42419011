import type { Condition } from './condition.ts';

/** Paths of values, of which one is there. */
export const has: Condition<readonly string[]> = {
  holds: (paths, { value }) => paths.some((path) => value(path) !== undefined),
  yes: (paths, { value }) => `${paths.find((path) => value(path) !== undefined)} is there`,
  no: (paths) => (paths.length === 1 ? `${paths[0]} is absent` : `none of ${paths.join(', ')} is there`),
};

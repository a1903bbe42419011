import { findPattern } from '../find-pattern.ts';
import { bundlePatterns } from '../pattern-bundle.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** RegExp sources, run with the flags `iu`. */
export const pattern: Condition<readonly string[]> = {
  holds: (sources, { text }) => findPattern(sources, text) !== undefined,
  ...reasonsOfMessage('matches', 'does not match', (source) => `/${source}/`),
  captures: (sources, { text }) => findPattern(sources, text),
  sieve: (rules) => {
    const mayMatch = bundlePatterns(rules.flat());
    return ({ text }) => mayMatch(text);
  },
};

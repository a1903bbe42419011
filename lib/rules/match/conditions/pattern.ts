import { findPattern } from '../find-pattern.ts';
import { bundlePatterns } from '../pattern-bundle.ts';
import { noneOf, oneOf } from '../quote.ts';
import type { Condition } from './condition.ts';

/** RegExp sources, run with the flags `iu`. */
export const pattern: Condition<readonly string[]> = {
  holds: (sources, { text }) => findPattern(sources, text) !== undefined,
  yes: (sources) => `the message matches ${oneOf(sources.map(quotePattern))}`,
  no: (sources) => `the message ${noneOf(sources.map(quotePattern), 'does not match', 'matches')}`,
  captures: (sources, { text }) => findPattern(sources, text) ?? {},
  sieve: (rules) => {
    const bundle = bundlePatterns(rules.flat());
    return ({ text }) => bundle.mayMatch(text);
  },
};

function quotePattern(source: string): string {
  return `/${source}/`;
}

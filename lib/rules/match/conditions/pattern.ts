import { findPattern } from '../find-pattern.ts';
import { bundlePatterns } from '../pattern-bundle.ts';
import { readMatch } from '../read-match.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** RegExp sources, composed as the messages are that they are run on, with the flags `iu`. */
export const pattern: Condition<readonly string[]> = {
  holds: (sources, { texts }) => findPattern(sources, texts) !== undefined,
  ...reasonsOfMessage('matches', 'does not match', (source) => `/${source}/`),
  captures: readMatch,
  sieve: (rules) => {
    const mayMatch = bundlePatterns(rules.flat());
    return ({ texts }) => texts.some(mayMatch);
  },
};

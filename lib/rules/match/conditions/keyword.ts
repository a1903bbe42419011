import { noneOf, oneOf, quote } from '../quote.ts';
import type { Condition } from './condition.ts';

/** Whole messages, as normalizeText leaves them. */
export const keyword: Condition<readonly string[]> = {
  holds: (keywords, { normal }) => keywords.includes(normal),
  yes: (keywords) => `the message is ${oneOf(keywords.map(quote))}`,
  no: (keywords) => `the message ${noneOf(keywords.map(quote), 'is not', 'is')}`,
  keys: {
    ofRule: (keywords) => keywords,
    ofEvent: ({ normal }) => [normal],
  },
};

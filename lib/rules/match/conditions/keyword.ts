import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** Whole messages, as normalizeText leaves them. */
export const keyword: Condition<readonly string[]> = {
  holds: (keywords, { normal }) => keywords.includes(normal),
  ...reasonsOfMessage('is', 'is not', JSON.stringify),
  ruleKeys: (keywords) => keywords,
  eventKeys: ({ normal }) => [normal],
};

import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { isSameText } from '../compare-texts.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** Whole messages, as normalizeText leaves them. */
export const keyword: Condition<readonly string[]> = {
  holds: (keywords, facts) => keywords.some((word) => isSameText(facts, word)),
  ...reasonsOfMessage('is', 'is not', JSON.stringify),
  ruleKeys: (keywords) => keywords.map(ignoreAccents),
  eventKeys: ({ normal }) => [ignoreAccents(normal)],
};

import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { isNear } from '../../../text/slips.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

/** The most letters that a slip adds or takes. */
const SLIPS = 2;

/**
 * Whole messages, as normalizeText and ignoreAccents leave them, but for a slip of the finger. What another rule has as
 * a keyword is not a slip, nor is a stop word.
 */
export const near: Condition<readonly string[]> = {
  holds: (words, { normal, exact, isStopWord }) =>
    !exact && !isStopWord && words.some((word) => isNear(ignoreAccents(normal), word)),
  ...reasonsOfMessage('is, but for a slip,', 'is not, even with a slip,', (word: string) =>
    JSON.stringify(word),
  ),
  ruleKeys: (words) => words.flatMap((word) => lengthsAround(lengthOf(word))),
  eventKeys: ({ normal }) => [String(lengthOf(ignoreAccents(normal)))],
};

function lengthOf(text: string): number {
  return [...text].length;
}

function lengthsAround(length: number): readonly string[] {
  return Array.from({ length: 2 * SLIPS + 1 }, (_, place) => String(length - SLIPS + place));
}

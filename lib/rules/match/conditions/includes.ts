import { ignoreAccents } from '../../../text/ignore-accents.ts';
import { withoutSign } from '../../../text/to-words.ts';
import { says } from '../compare-texts.ts';
import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

export interface Phrase {
  /** As the author wrote it. */
  readonly written: string;
  /** As toWords leaves it, with one space between two words; a leading `#` or `@` only where the author wrote one. */
  readonly words: string;
}

/** Words that stand side by side somewhere in the message. */
export const includes: Condition<readonly Phrase[]> = {
  holds: (phrases, facts) => phrases.some(({ words }) => says(facts, words)),
  ...reasonsOfMessage('contains', 'does not contain', ({ written }) => JSON.stringify(written)),
  ruleKeys: (phrases) => phrases.map(({ words }) => keyOf(words.replace(/ .*/s, ''))),
  eventKeys: ({ words }) => words.map(keyOf),
};

/** Wherever a phrase is found, with or without accents and signs, its first word has the key of one of the message. */
function keyOf(word: string): string {
  return ignoreAccents(withoutSign(word));
}

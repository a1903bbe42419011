import type { Condition } from './condition.ts';
import { reasonsOfMessage } from './reasons.ts';

export interface Phrase {
  /** As the author wrote it. */
  readonly written: string;
  /** As toWords leaves it, with one space between two words. */
  readonly words: string;
}

/** Words that stand side by side somewhere in the message. */
export const includes: Condition<readonly Phrase[]> = {
  holds: (phrases, { spoken }) => phrases.some(({ words }) => spoken.includes(` ${words} `)),
  ...reasonsOfMessage('contains', 'does not contain', ({ written }) => JSON.stringify(written)),
  ruleKeys: (phrases) => phrases.map(firstWord),
  eventKeys: ({ words }) => words,
};

function firstWord({ words }: Phrase): string {
  return words.replace(/ .*/s, '');
}

import { noneOf, oneOf, quote } from '../quote.ts';
import type { Condition } from './condition.ts';

export interface Phrase {
  /** As the author wrote it. */
  readonly written: string;
  /** As toWords leaves it, with one space between two words. */
  readonly words: string;
}

/** Words that stand side by side somewhere in the message. */
export const includes: Condition<readonly Phrase[]> = {
  holds: (phrases, { spoken }) => phrases.some(({ words }) => spoken.includes(` ${words} `)),
  yes: (phrases) => `the message contains ${oneOf(phrases.map(quotePhrase))}`,
  no: (phrases) => `the message ${noneOf(phrases.map(quotePhrase), 'does not contain', 'contains')}`,
  keys: {
    ofRule: (phrases) => phrases.map(firstWord),
    ofEvent: ({ words }) => words,
  },
};

function firstWord({ words }: Phrase): string {
  return words.replace(/ .*/s, '');
}

function quotePhrase({ written }: Phrase): string {
  return quote(written);
}

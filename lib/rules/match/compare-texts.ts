import { ignoreAccents } from '../../text/ignore-accents.ts';
import { isPunctuation, withoutSign } from '../../text/to-words.ts';
import type { Facts } from './read-facts.ts';

/** Whether the whole message is this text (as normalizeText leaves it). */
export function isSameText(facts: Facts, text: string): boolean {
  return isSame(facts, facts.normal, text);
}

/**
 * Whether the message says this phrase (words as toWords leaves them). Its `#` or `@` counts, the message's does not; nor
 * does an emoji that is no more than punctuation, unless the phrase has one.
 */
export function says(facts: Facts, phrase: string): boolean {
  const wanted = phrase.split(' ');
  const words = wanted.some(isPunctuation) ? facts.words : facts.words.filter((word) => !isPunctuation(word));
  return words.some((_, start) =>
    wanted.every((word, index) => {
      const said = words[start + index];
      return said !== undefined && (isSame(facts, said, word) || isSame(facts, withoutSign(said), word));
    }),
  );
}

function isSame({ isKeyword }: Facts, said: string, wanted: string): boolean {
  return said === wanted || (ignoreAccents(said) === ignoreAccents(wanted) && !isKeyword());
}

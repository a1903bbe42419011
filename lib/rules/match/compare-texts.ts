import { ignoreAccents } from '../../text/ignore-accents.ts';
import { withoutSign } from '../../text/to-words.ts';
import type { Facts } from './read-facts.ts';

/** Whether the whole message is this text (as normalizeText leaves it). */
export function isSameText({ normal, exact }: Facts, text: string): boolean {
  return text === normal || (!exact && ignoreAccents(text) === ignoreAccents(normal));
}

/** Whether the message says this phrase (words as toWords leaves them). Its `#` or `@` counts, the message's does not. */
export function says({ words, exact }: Facts, phrase: string): boolean {
  const wanted = (exact ? phrase : ignoreAccents(phrase)).split(' ');
  return words.some((_, start) =>
    wanted.every((word, index) => {
      const said = words[start + index];
      return said !== undefined && (said === word || withoutSign(said) === word);
    }),
  );
}

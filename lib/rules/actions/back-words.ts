import { keywordsBeside } from '../../guards/stop-words.ts';
import { ignoreAccents } from '../../text/ignore-accents.ts';
import { normalizeText } from '../../text/normalize-text.ts';
import type { HandoverChange } from '../memory.ts';

/**
 * The words by which a customer comes back, from how they are written. Their accents are ignored, but for a message that
 * is, accents and all, a keyword of the file: that one is for its rule, when the bot is back.
 */
export function backWords(
  written: readonly string[],
  keywords: readonly string[],
): Pick<HandoverChange, 'back' | 'keywords'> {
  const words = written.map(normalizeText).filter((word) => word !== '');
  const beside = keywordsBeside(keywords, words);
  return {
    back: [...new Set(words.map(ignoreAccents))],
    ...(beside.length > 0 && { keywords: beside }),
  };
}

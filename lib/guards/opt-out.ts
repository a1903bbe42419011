import type { Channel } from '../rules/types.ts';
import { toWords } from '../text/normalize-text.ts';

/** Words by which people forbid us to write. Nothing is said after them, on any channel. */
export const OPT_OUT_WORDS = [
  'stop',
  'stopall',
  'unsubscribe',
  'end',
  'quit',
  'revoke',
  'optout',
  'cancel',
] as const;

/** Words that Twilio itself answers where a phone number is at the other end. In a chat they are ordinary words. */
export const CARRIER_WORDS = ['help', 'info', 'start'] as const;

/** Beyond this many characters a message is no single word, whatever punctuation surrounds it. */
const LONGEST = 200;

/**
 * Whether a whole message is one of Twilio's opt-out keywords, in any case, with any spacing or punctuation
 * (`Stop!`, `OPT-OUT`). A second answer from us would be wrong, and after an opt-out it fails with error 21610.
 * https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
 */
export function isOptOutWord(message: string, channel: Channel): boolean {
  const trimmed = message.trim();
  if (trimmed.length > LONGEST) return false;
  const word = toWords(trimmed).join('');
  return includes(OPT_OUT_WORDS, word) || (channel !== 'chat' && includes(CARRIER_WORDS, word));
}

function includes(words: readonly string[], word: string): boolean {
  return words.includes(word);
}

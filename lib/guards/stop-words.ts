import type { Channel } from '../event/channels.ts';
import { messageText } from '../text/cut-text.ts';
import { ignoreAccents } from '../text/ignore-accents.ts';
import { normalizeText } from '../text/normalize-text.ts';

/** What a rules file says of stop words, under `opt_out`. */
export interface OptOut {
  /** More stop words, as normalizeText leaves them. */
  readonly words: readonly string[];
  /** Keywords of the file, as normalizeText leaves them, that would be one of these words only without their accents. */
  readonly keywords?: readonly string[];
  /** Where Twilio or the carrier answers them, so that the bot must not. */
  readonly handledOn: readonly Channel[];
  /** A rule has YES as a keyword, and takes it. */
  readonly takesYes: boolean;
}

/** Where a rules file says nothing: Twilio answers on long codes and RCS; on WhatsApp only with Advanced Opt-Out. */
export const DEFAULT_OPT_OUT: OptOut = { words: [], handledOn: ['sms', 'rcs'], takesYes: false };

/** Words by which people forbid us to write: https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out */
export const STOP_WORDS = [
  'stop',
  'stopall',
  'unsubscribe',
  'end',
  'quit',
  'revoke',
  'optout',
  'cancel',
] as const;

/** What Twilio answers besides, where it answers stop words. */
export const CARRIER_WORDS = ['start', 'unstop', 'help', 'info'] as const;

/** What it answers besides only while nobody here waits for it. */
const YES = 'yes';

/** What tells stop words from other messages. */
export type StopWords = Pick<OptOut, 'words' | 'keywords'>;

/**
 * Whether a whole message is a word by which the customer wants no more messages, compared as a keyword is: `Stop!`
 * and `"stop"` are, `/stop`, `s t o p` and `STOP this bill` are not.
 */
export function isStopWord(message: string, optOut: StopWords): boolean {
  return isStop(toWord(message), optOut);
}

function isStop(word: string, optOut: StopWords): boolean {
  return isOneOf([...STOP_WORDS, ...optOut.words], word, optOut);
}

/**
 * Whether somebody else answers this word on this channel; a second answer from us would fail with error 21610.
 * @param isAsked whether a question of ours is open, to which YES may be the answer
 */
export function isAnsweredByCarrier(
  message: string,
  channel: Channel,
  optOut: OptOut,
  isAsked?: () => boolean,
): boolean {
  if (!optOut.handledOn.includes(channel)) return false;
  const word = toWord(message);
  if (isStop(word, optOut) || isOneOf(CARRIER_WORDS, word, optOut)) return true;
  return isOneOf([YES], word, optOut) && !optOut.takesYes && !isAsked?.();
}

/** Those of a file's keywords that somebody else would take, if their accents were ignored (OptOut.keywords). */
export function keywordsBesideStopWords(
  keywords: readonly string[],
  { words }: Pick<OptOut, 'words'>,
): readonly string[] {
  return keywordsBeside(keywords, [...STOP_WORDS, ...CARRIER_WORDS, YES, ...words]);
}

/** Those of a file's keywords that would be one of these words only without their accents. */
export function keywordsBeside(keywords: readonly string[], words: readonly string[]): readonly string[] {
  return keywords.filter((keyword) => !words.includes(keyword) && isOneOf(words, toWord(keyword), {}));
}

/** A whole message, as a keyword is compared with it. */
export function toWord(message: string): string {
  return normalizeText(messageText(message));
}

/** Whoever leaves the accents out means the same, unless a rule waits for what is written just so. */
export function isOneOf(
  words: readonly string[],
  word: string,
  { keywords = [] }: Pick<OptOut, 'keywords'>,
): boolean {
  if (keywords.includes(word)) return false;
  const plain = ignoreAccents(word);
  return words.some((taken) => ignoreAccents(taken) === plain);
}

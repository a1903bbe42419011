import { isStopWord, type StopWords } from '../../guards/stop-words.ts';

const WORDS = /[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*/gu;
/** What stands right before a word that people are asked to write. */
const ASKED =
  /(?:^|[\s(])(?:reply|write|send|type|text|say|answer|press|enter|tap)(?:\s+(?:with|back|us))?\s+["'“„«‘*]?$/iu;
const QUOTED_FROM = /["'“„«‘*]$/u;
const QUOTED_TO = /^["'”“»’*]/u;
/** STOP to unsubscribe, QUIT for no more messages, STOP at any time: then the word does what it says. */
const MEANT = [
  'opt|unsubscrib|any ?time|no more|no longer',
  '(?:stop|end|quit|leave)(?: \\w+){0,3} (?:messages|texts|sms|updates|reminders|notifications)',
  'ab(?:zu)?(?:meld|bestell)|d[ée]sabonn|d[ée]sinscri|suscri|darse de baja|disiscri|afmeld|uitschrijv',
];
const AS_MEANT = new RegExp(`^[^.!?]{0,60}?\\b(?:${MEANT.join('|')})`, 'iu');

/**
 * The stop words that a text tells people to write: in capitals, in quotes, or after "reply". In "shall we cancel it?"
 * there is none, and neither is one in "reply STOP to unsubscribe".
 */
export function findStopWords(text: string, optOut: StopWords): readonly string[] {
  const isLoud = text === text.toUpperCase();
  return [...text.matchAll(WORDS)].flatMap(({ 0: word, index }) => {
    if (!isStopWord(word, optOut)) return [];
    const [before, after] = [text.slice(0, index), text.slice(index + word.length)];
    const isCapital =
      !isLoud && word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
    const isQuoted = QUOTED_FROM.test(before) && QUOTED_TO.test(after);
    return (isCapital || isQuoted || ASKED.test(before)) && !AS_MEANT.test(after) ? [word] : [];
  });
}

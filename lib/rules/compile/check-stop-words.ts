import { CHANNELS, type Channel } from '../../event/channels.ts';
import { isAnsweredByCarrier, isStopWord, type OptOut } from '../../guards/stop-words.ts';
import { isMessage } from '../actions/is-message.ts';
import { allOf } from '../render/localize.ts';
import type { When } from '../types.ts';
import { keywordsOf } from './check-keywords.ts';
import { type CheckedFile, type PlacedAnswer, placeActions } from './checked-file.ts';
import { findStopWords } from './find-stop-words.ts';
import { listWays } from './list-ways.ts';
import { listWords } from './list-words.ts';

/**
 * A stop word is refused as an answer to a question that may be asked where Twilio answers it, and noted wherever else
 * it may not do what it says: as another keyword, on a button, in the words of a question.
 */
export function checkStopWords(file: CheckedFile): void {
  const asked = channelsOfQuestions(file);
  for (const { rule, given, spot } of file.rules) {
    const { when } = rule;
    if (when === undefined) continue;
    for (const [item, word] of keywordsOf({ given }).entries()) {
      if (when.keyword === undefined) break;
      const place = spot.at('when', 'keyword', item);
      const fault = refuse(word, when, asked, file.optOut);
      if (fault !== undefined) place.problem(fault);
      else checkReach(word, reachedBy(when, asked), file.optOut, (note) => place.note(note));
    }
    for (const [item, { written, text }] of (when.near ?? []).entries()) {
      if (!isStopWord(text, file.optOut)) continue;
      spot
        .at('when', 'near', item)
        .note(`"${written}" is a stop word, which "near" never takes. Write it under "keyword".`);
    }
  }
  for (const answer of file.answers) {
    if (answer.from !== 'rules') checkOtherwise(answer, file);
    checkButtons(answer, file);
    if (answer.rule?.waits !== undefined) checkQuestion(answer, file.optOut);
  }
}

/** Why a keyword cannot answer a question, or undefined. */
function refuse(word: string, when: When, asked: Asked, optOut: OptOut): string | undefined {
  if (!isStopWord(word, optOut)) return undefined;
  for (const id of when.after ?? []) {
    const handled = reachedBy({ ...when, after: [id] }, asked).filter((name) =>
      optOut.handledOn.includes(name),
    );
    if (handled.length === 0) continue;
    return (
      `"${word}" cannot answer "${id}": it is a stop word, which Twilio or the carrier answers on ` +
      `${handled.join(', ')}, and the question may be asked there. Let people write another word, or give the rule ` +
      'a "channel".'
    );
  }
  return undefined;
}

/** The channels by which a rule can be reached: an answer comes by those of its question. */
function reachedBy({ channel = CHANNELS, after }: When, asked: Asked): readonly Channel[] {
  return channel.filter((name) => after?.some((id) => (asked.get(id) ?? CHANNELS).includes(name)) ?? true);
}

function checkReach(
  word: string,
  channels: readonly Channel[],
  optOut: OptOut,
  note: (message: string) => void,
): void {
  const handled = channels.filter((name) => isAnsweredByCarrier(word, name, { ...optOut, takesYes: true }));
  if (handled.length === 0) return;
  const reach = handled.length === channels.length ? 'never reaches' : 'does not always reach';
  note(`"${word}" ${reach} this rule: Twilio or the carrier answers it on ${handled.join(', ')}.`);
}

function checkOtherwise({ when, whenSpot }: PlacedAnswer, { optOut }: CheckedFile): void {
  for (const [item, word] of (when?.keyword ?? []).entries()) {
    const place = whenSpot.at('keyword', item);
    if (isStopWord(word, optOut))
      place.note(`"${word}" never comes here: no "otherwise" answers a stop word.`);
    else checkReach(word, when?.channel ?? CHANNELS, optOut, (note) => place.note(note));
  }
}

function checkButtons(answer: PlacedAnswer, { book, optOut }: CheckedFile): void {
  for (const [action, spot] of placeActions(answer)) {
    if (action.kind !== 'template') continue;
    const { titles = [] } = book.templates[action.template] ?? {};
    const words = titles.filter((title) => isStopWord(title, optOut));
    if (words.length === 0) continue;
    spot
      .at('template')
      .note(
        `The template "${action.template}" offers ${listWords(words)} to tap, which comes back as a stop word: it ` +
          `closes the open question, and ${whereAnswered(optOut)}. Give the button another title.`,
      );
  }
}

/** What the last thing said is, and what is said while the question is open. */
function checkQuestion(answer: PlacedAnswer, optOut: OptOut): void {
  const { from, rule } = answer;
  if (from === 'rules' && rule?.waits === undefined) return;
  for (const [action, spot] of placeActions(answer)) {
    if (!isMessage(action) || action.kind === 'template' || action.Body === undefined) continue;
    const texts = allOf(action.Body).map((text) =>
      text.filter((part) => typeof part === 'string').join(' … '),
    );
    const words = texts.flatMap((text) => findStopWords(text, optOut));
    if (words.length === 0) continue;
    spot
      .at('text')
      .note(
        `This question offers ${listWords(words)}, which means that somebody wants no more messages: it closes the ` +
          `question, and ${whereAnswered(optOut)}. Offer another word for anything else.`,
      );
  }
}

function whereAnswered({ handledOn }: OptOut): string {
  return handledOn.length === 0
    ? 'no "otherwise" answers it'
    : `on ${handledOn.join(', ')} Twilio or the carrier answers it`;
}

type Asked = ReadonlyMap<string, readonly Channel[]>;

/** By which channels each question is asked; one that only programs ask, by any. */
function channelsOfQuestions(file: CheckedFile): Asked {
  const asked = new Map<string, readonly Channel[]>();
  for (const { when, asks } of listWays(file)) {
    if (asks === undefined) continue;
    asked.set(asks.id, [...(asked.get(asks.id) ?? []), ...(when?.channel ?? CHANNELS)]);
  }
  return new Map([...asked].map(([id, channels]) => [id, [...new Set(channels)]]));
}

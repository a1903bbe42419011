import { CHANNELS } from '../../event/channels.ts';
import { isStopWord } from '../../guards/stop-words.ts';
import { readText } from '../answers/read-text.ts';
import type { Rule, When } from '../types.ts';
import { keywordsOf } from './check-keywords.ts';
import type { CheckedFile, PlacedRule } from './checked-file.ts';
import { listWords } from './list-words.ts';
import { mayMeet, OF_WORDS } from './relate-conditions.ts';

/** A rule with keywords, which `answer: text` above it may keep from being heard. */
interface Heard {
  readonly place: number;
  readonly when: When;
  readonly words: readonly string[];
}

/** For each `answer: text`: what is not heard while it waits, and what takes answers away from it. */
export function checkAnswerText({ rules, optOut }: CheckedFile): void {
  const asking = rules.flatMap((placed, place) => (takesText(placed.rule) ? [{ ...placed, place }] : []));
  if (asking.length === 0) return;
  const heard = rules.flatMap((placed, place): readonly Heard[] => {
    const { when } = placed.rule;
    if (when?.keyword === undefined) return [];
    const words = keywordsOf(placed).filter(
      (word) => readText(word) !== undefined && !isStopWord(word, optOut),
    );
    return [{ place, when, words }];
  });
  const including = rules.flatMap((placed, place) =>
    mayTakeAway(placed.rule) ? [{ ...placed, place }] : [],
  );
  for (const { place, rule, given, spot } of asking) {
    const when = rule.when as When;
    const answer = spot.at('when', 'answer', textPlace(given));
    const unheard = heard.filter((other) => other.place > place && isCovered(other.when, when));
    const words = unheard.flatMap((other) => other.words);
    if (words.length > 0) {
      answer.note(
        `While ${questionOf(when)} is open, any text is its answer: ${listWords(words)} below ` +
          `${words.length === 1 ? 'is' : 'are'} not heard. Move what must always be heard above this rule.`,
      );
    }
    const takers = including.filter((other) => other.place < place && mayMeet(other.rule.when as When, when));
    const phrases = takers.flatMap((other) =>
      (other.rule.when?.includes ?? []).map(({ written }) => written),
    );
    if (phrases.length > 0) {
      const names = takers.map((other) => `"${other.rule.id}" in line ${other.spot.at('id').line()}`);
      answer.note(
        `An answer that includes ${listWords(phrases)} does not come here: ${names.slice(0, 3).join(', ')} above ` +
          `${names.length === 1 ? 'takes' : 'take'} it. Move this rule up where answers may say so.`,
      );
    }
  }
}

/** It takes any text, whatever else is the case. */
function takesText({ when, continues }: Rule): boolean {
  if (continues || !when?.answer?.some(({ kind }) => kind === 'text')) return false;
  return Object.keys(when).every((name) => ['event', 'channel', 'after', 'answer'].includes(name));
}

/** Answers to a question of its own it is meant to take; what is ignored, a machine has written. */
function mayTakeAway({ when, then, continues }: Rule): boolean {
  if (when?.includes === undefined || when.after !== undefined || continues || then === 'ignore')
    return false;
  return OF_WORDS.every((name) => name === 'includes' || when[name] === undefined);
}

/** Whether a keyword's rule is asked about answers, on no other channel than this one. */
function isCovered(later: When, { after = [], channel = CHANNELS }: When): boolean {
  if (later.after !== undefined && !later.after.some((id) => after.includes(id))) return false;
  if (!later.event.includes('onMessageAdded')) return false;
  return (later.channel ?? CHANNELS).every((name) => channel.includes(name));
}

function questionOf({ after = [] }: When): string {
  return `the question of ${listWords(after)}`;
}

function textPlace(given: PlacedRule['given']): number {
  const { answer } = Object(given['when']) as { readonly answer?: unknown };
  return Math.max(0, [answer].flat().indexOf('text'));
}

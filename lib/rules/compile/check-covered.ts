import type { AnswerKind } from '../match/conditions/answer.ts';
import type { Rule, When } from '../types.ts';
import type { CheckedFile, PlacedAnswer } from './checked-file.ts';
import { isImplied } from './relate-conditions.ts';

/**
 * Notes rules, and items of an `otherwise`, that are not reached because an earlier one holds wherever they do. Of
 * keywords check-keywords.ts and check-taken.ts speak word by word, of rules that match everything check-order.ts.
 */
export function checkCovered({ book, rules, answers, top }: CheckedFile): void {
  const takers: Taker[] = [];
  for (const { rule, spot } of rules) {
    const { id, when } = rule;
    if (when === undefined) continue;
    const place = spot.at('id');
    const taker = takers.find((earlier) => asksMore(earlier) && takesAllOf(earlier.when, when));
    if (taker !== undefined && when.keyword === undefined) {
      place.note(
        `The rule "${id}" is not reached: "${taker.id}" in line ${taker.line} takes all that it waits for. ` +
          'Move it above that one, or leave it out.',
      );
    }
    if (!rule.continues && when.keyword === undefined) takers.push({ id, when, line: place.line() });
  }
  for (const items of listsOf(answers)) checkItems(items);
  // Every rule comes before these, wherever it stands.
  const everything = takers.find(({ when }) => takesAllOf(when, MESSAGE));
  if (everything !== undefined && book.otherwise !== undefined) {
    top
      .at('otherwise')
      .note(
        `This "otherwise" is not reached: "${everything.id}" in line ${everything.line} takes every message. ` +
          'Say there what it waits for, or leave "otherwise" out.',
      );
  }
  for (const { rule, given, spot } of rules) {
    if (rule.waits === undefined || given['otherwise'] === undefined) continue;
    const all: When = { ...MESSAGE, after: [rule.id] };
    const taker = takers.find(({ when }) => takesAllOf(when, all));
    if (taker === undefined) continue;
    spot
      .at('otherwise')
      .note(
        `This "otherwise" is not reached: "${taker.id}" in line ${taker.line} takes whatever is answered. ` +
          'Say there what it waits for, or leave "otherwise" out.',
      );
  }
}

interface Taker {
  readonly id: string;
  readonly when: When;
  readonly line: number;
}

/** What a message without anything else meets. */
const MESSAGE: When = { event: ['onMessageAdded'] };

/** The items of each `otherwise`. */
function listsOf(answers: readonly PlacedAnswer[]): Iterable<readonly PlacedAnswer[]> {
  const lists = new Map<Rule | undefined, PlacedAnswer[]>();
  for (const item of answers) {
    if (item.from === 'rules') continue;
    const list = lists.get(item.rule) ?? [];
    list.push(item);
    lists.set(item.rule, list);
  }
  return lists.values();
}

function checkItems(items: readonly PlacedAnswer[]): void {
  for (const [place, { when = MESSAGE, whenSpot }] of items.entries()) {
    const taker = items
      .slice(0, place)
      .findIndex((earlier) => earlier.when && takesAllOf(earlier.when, when));
    if (taker === -1) continue;
    whenSpot.note(
      `This item is not reached: item ${taker + 1} takes all that it waits for. Move it above that one, or leave it out.`,
    );
  }
}

/** Than an event and a channel: of rules that take every message below them check-order.ts speaks. */
function asksMore({ when }: Taker): boolean {
  return Object.keys(when).some((name) => name !== 'event' && name !== 'channel');
}

/** Whether `earlier` holds wherever `later` does. */
function takesAllOf(earlier: When, later: When): boolean {
  return (
    isImplied(earlier, later) &&
    isWithinWords(earlier.keyword, later.keyword) &&
    isWithinNear(earlier.near, later.near) &&
    isWithinWords(earlier.pattern, later.pattern) &&
    isWithinWords(wordsOf(earlier.includes), wordsOf(later.includes)) &&
    isWithinAnswers(earlier.answer, later.answer)
  );
}

function isWithinWords(
  earlier: readonly string[] | undefined,
  later: readonly string[] | undefined,
): boolean {
  return earlier === undefined || (later?.every((word) => earlier.includes(word)) ?? false);
}

function isWithinNear(earlier: When['near'], later: When['near']): boolean {
  if (earlier === undefined) return true;
  return (
    later?.every(({ text, slips }) => earlier.some((other) => other.text === text && other.slips >= slips)) ??
    false
  );
}

function wordsOf(phrases: When['includes']): readonly string[] | undefined {
  return phrases?.map(({ words }) => words);
}

function isWithinAnswers(earlier: When['answer'], later: When['answer']): boolean {
  if (earlier === undefined) return true;
  return later?.every((kind) => earlier.some((taken) => takesKind(taken, kind))) ?? false;
}

/** Whatever answers so is a text too, but for numbers and addresses in messages that are longer than an answer. */
function takesKind(earlier: AnswerKind, later: AnswerKind): boolean {
  if (earlier.kind === 'text') return true;
  if (later.kind !== 'range') return earlier.kind === later.kind;
  if (earlier.kind !== 'range') return earlier.kind === 'number';
  const [low, high] = boundsOf(earlier);
  const [laterLow, laterHigh] = boundsOf(later);
  return low <= laterLow && laterHigh <= high;
}

/** A number has at most 15 digits, so it is exact. */
function boundsOf({ low, high }: AnswerKind & { readonly kind: 'range' }): readonly [number, number] {
  return [Number(low ?? 0), high === undefined ? Number.POSITIVE_INFINITY : Number(high)];
}

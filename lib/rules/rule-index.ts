import { BUNDLE_SIZE, bundlePatterns, type PatternBundle } from './pattern-bundle.ts';
import type { Facts } from './read-facts.ts';
import type { RuleBook, When } from './types.ts';

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up,
 * a phrase one for each word of the message, and a pattern a share of its bundle. Numbers are places in the book.
 */
interface EventIndex {
  readonly byKeyword: Map<string, number[]>;
  /** By the first word of each phrase in `includes`. */
  readonly byWord: Map<string, number[]>;
  /** Rules that neither map leads to, ascending. */
  readonly rest: readonly Entry[];
}

interface Entry {
  readonly number: number;
  /** Where the rule has a pattern. */
  readonly bundle: PatternBundle | undefined;
}

const indexes = new WeakMap<RuleBook, ReadonlyMap<string, EventIndex>>();

/** The numbers of the rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<number> {
  const index = indexOf(book).get(facts.event);
  if (index === undefined) return;
  const found = lookUpWords(index, facts);
  const tried = new Map<PatternBundle, boolean>();
  let next = 0;
  for (const { number, bundle } of index.rest) {
    for (let hit = found[next]; hit !== undefined && hit < number; hit = found[++next]) yield hit;
    if (bundle !== undefined && !tried.has(bundle)) tried.set(bundle, bundle.mayMatch(facts.text));
    if (bundle === undefined || tried.get(bundle) === true) yield number;
  }
  yield* found.slice(next);
}

function lookUpWords({ byKeyword, byWord }: EventIndex, { normal, words }: Facts): readonly number[] {
  const found = new Set(byKeyword.get(normal));
  if (byWord.size > 0) {
    for (const word of words) for (const number of byWord.get(word) ?? []) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

function indexOf(book: RuleBook): ReadonlyMap<string, EventIndex> {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const events = new Set(book.rules.flatMap((rule) => rule.when.event));
  const index = new Map([...events].map((event) => [event, indexEvent(book, event)] as const));
  indexes.set(book, index);
  return index;
}

function indexEvent(book: RuleBook, event: When['event'][number]): EventIndex {
  const byKeyword = new Map<string, number[]>();
  const byWord = new Map<string, number[]>();
  const rest: { readonly number: number; readonly pattern: When['pattern'] }[] = [];
  for (const [number, { when }] of book.rules.entries()) {
    if (!when.event.includes(event)) continue;
    const { keyword, includes, pattern } = when;
    if (keyword !== undefined) {
      for (const word of keyword) push(byKeyword, word, number);
    } else if (includes !== undefined) {
      for (const { words } of includes) push(byWord, firstWord(words), number);
    } else {
      rest.push({ number, pattern });
    }
  }
  return { byKeyword, byWord, rest: withBundles(rest) };
}

/** Puts neighbours with patterns into one bundle. */
function withBundles(
  rest: readonly { readonly number: number; readonly pattern: When['pattern'] }[],
): readonly Entry[] {
  const bundled = new Map<number, PatternBundle>();
  const patterned = rest.filter(({ pattern }) => pattern !== undefined);
  for (let start = 0; start < patterned.length; start += BUNDLE_SIZE) {
    const members = patterned.slice(start, start + BUNDLE_SIZE);
    const bundle = bundlePatterns(members.flatMap(({ pattern = [] }) => pattern));
    for (const { number } of members) bundled.set(number, bundle);
  }
  return rest.map(({ number }) => ({ number, bundle: bundled.get(number) }));
}

function firstWord(words: string): string {
  return words.split(' ', 1)[0] ?? '';
}

function push(map: Map<string, number[]>, key: string, number: number): void {
  const numbers = map.get(key);
  if (numbers === undefined) map.set(key, [number]);
  else numbers.push(number);
}

import type { AnsweredEvent, Rule, RuleBook } from '../types.ts';
import { BUNDLE_SIZE, bundlePatterns, type PatternBundle } from './pattern-bundle.ts';
import type { Facts } from './read-facts.ts';

/** A rule and its place in the book. */
interface Entry {
  readonly place: number;
  readonly rule: Rule;
}

interface BundledEntry extends Entry {
  /** Where the rule has a pattern. */
  readonly bundle: PatternBundle | undefined;
}

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up,
 * a phrase one for each word of the message, and a pattern a share of its bundle.
 */
interface EventIndex {
  readonly byKeyword: ReadonlyMap<string, readonly Entry[]>;
  /** By the first word of each phrase in `includes`. */
  readonly byWord: ReadonlyMap<string, readonly Entry[]>;
  /** Rules that neither map leads to, in the order of the book. */
  readonly rest: readonly BundledEntry[];
}

const indexes = new WeakMap<RuleBook, ReadonlyMap<string, EventIndex>>();

/** The rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<Rule> {
  const index = indexOf(book).get(facts.event);
  if (index === undefined) return;
  const found = lookUpWords(index, facts).values();
  let hit = found.next().value;
  const tried = new Map<PatternBundle, boolean>();
  for (const { place, rule, bundle } of index.rest) {
    for (; hit !== undefined && hit.place < place; hit = found.next().value) yield hit.rule;
    if (bundle !== undefined && !tried.has(bundle)) tried.set(bundle, bundle.mayMatch(facts.text));
    if (bundle === undefined || tried.get(bundle) === true) yield rule;
  }
  for (; hit !== undefined; hit = found.next().value) yield hit.rule;
}

function lookUpWords({ byKeyword, byWord }: EventIndex, { normal, words }: Facts): readonly Entry[] {
  const found = new Set(byKeyword.get(normal));
  for (const word of words) for (const entry of byWord.get(word) ?? []) found.add(entry);
  return [...found].sort((a, b) => a.place - b.place);
}

function indexOf(book: RuleBook): ReadonlyMap<string, EventIndex> {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const entries = book.rules.map((rule, place) => ({ place, rule }));
  const events = new Set(book.rules.flatMap((rule) => rule.when.event));
  const index = new Map([...events].map((event) => [event, indexEvent(entries, event)]));
  indexes.set(book, index);
  return index;
}

function indexEvent(entries: readonly Entry[], event: AnsweredEvent): EventIndex {
  const byKeyword = new Map<string, Entry[]>();
  const byWord = new Map<string, Entry[]>();
  const rest: Entry[] = [];
  for (const entry of entries) {
    const { when } = entry.rule;
    if (!when.event.includes(event)) continue;
    if (when.keyword !== undefined) {
      for (const keyword of when.keyword) push(byKeyword, keyword, entry);
    } else if (when.includes !== undefined) {
      for (const { words } of when.includes) push(byWord, words.replace(/ .*/s, ''), entry);
    } else {
      rest.push(entry);
    }
  }
  return { byKeyword, byWord, rest: withBundles(rest) };
}

/** Puts neighbours with patterns into one bundle. */
function withBundles(rest: readonly Entry[]): readonly BundledEntry[] {
  const bundles = new Map<Entry, PatternBundle>();
  const patterned = rest.filter(({ rule }) => rule.when.pattern !== undefined);
  for (let start = 0; start < patterned.length; start += BUNDLE_SIZE) {
    const members = patterned.slice(start, start + BUNDLE_SIZE);
    const bundle = bundlePatterns(members.flatMap(({ rule }) => rule.when.pattern ?? []));
    for (const member of members) bundles.set(member, bundle);
  }
  return rest.map((entry) => ({ ...entry, bundle: bundles.get(entry) }));
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

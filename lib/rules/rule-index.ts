import type { Facts } from './read-facts.ts';
import type { AnsweredEvent, RuleBook } from './types.ts';

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up
 * and a phrase one for each word of the message, however many rules there are. Numbers are places in the book.
 */
interface EventIndex {
  readonly byKeyword: Map<string, number[]>;
  /** By the first word of each phrase in `includes`. */
  readonly byWord: Map<string, number[]>;
  /** Rules that must be looked at for every event of this kind, ascending. */
  readonly rest: number[];
}

type RuleIndex = ReadonlyMap<string, EventIndex>;

const indexes = new WeakMap<RuleBook, RuleIndex>();

/** The numbers of the rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<number> {
  const index = indexOf(book).get(facts.event);
  if (index === undefined) return;
  const found = new Set(index.byKeyword.get(facts.normal));
  for (const word of new Set(facts.words)) {
    for (const number of index.byWord.get(word) ?? []) found.add(number);
  }
  const looked = [...found].sort((a, b) => a - b);
  let next = 0;
  for (const number of index.rest) {
    for (let hit = looked[next]; hit !== undefined && hit < number; hit = looked[++next]) yield hit;
    yield number;
  }
  yield* looked.slice(next);
}

function indexOf(book: RuleBook): RuleIndex {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const index = buildIndex(book);
  indexes.set(book, index);
  return index;
}

function buildIndex(book: RuleBook): RuleIndex {
  const index = new Map<string, EventIndex>();
  book.rules.forEach(({ when }, number) => {
    for (const event of when.event) addRule(entryFor(index, event), when, number);
  });
  return index;
}

function entryFor(index: Map<string, EventIndex>, event: AnsweredEvent): EventIndex {
  const known = index.get(event);
  if (known !== undefined) return known;
  const entry: EventIndex = { byKeyword: new Map(), byWord: new Map(), rest: [] };
  index.set(event, entry);
  return entry;
}

function addRule(entry: EventIndex, when: RuleBook['rules'][number]['when'], number: number): void {
  if (when.keyword !== undefined) {
    for (const keyword of when.keyword) push(entry.byKeyword, keyword, number);
  } else if (when.includes !== undefined) {
    for (const phrase of when.includes) push(entry.byWord, phrase.words.split(' ')[0] ?? '', number);
  } else {
    entry.rest.push(number);
  }
}

function push(map: Map<string, number[]>, key: string, number: number): void {
  const numbers = map.get(key);
  if (numbers === undefined) map.set(key, [number]);
  else numbers.push(number);
}

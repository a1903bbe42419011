import type { Rule, RuleBook } from '../types.ts';
import type { Sieve } from './conditions/condition.ts';
import { ASKED } from './conditions/conditions.ts';
import type { AnsweredEvent } from './conditions/event.ts';
import { BUNDLE_SIZE } from './pattern-bundle.ts';
import type { Facts } from './read-facts.ts';

/** A rule that may answer by itself. */
export type AskingRule = Rule & Required<Pick<Rule, 'when'>>;

/** A rule and its place in the book. */
interface Entry {
  readonly place: number;
  readonly rule: AskingRule;
}

interface SievedEntry extends Entry {
  /** Where the rule has a condition with a sieve. */
  readonly sieve: Sieve | undefined;
}

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up,
 * a phrase one for each word of the message, and a pattern a share of its bundle.
 */
interface EventIndex {
  /** For each condition with keys, the rules by key. A rule is kept by the first such condition that it has. */
  readonly byKey: readonly KeyIndex[];
  /** Rules that have no such condition, in the order of the book. */
  readonly rest: readonly SievedEntry[];
}

type KeyIndex = readonly [...(typeof ASKED)[number], entries: Map<string, Entry[]>];

const KEYED = ASKED.filter(([, { ruleKeys }]) => ruleKeys !== undefined);
const SIEVED = ASKED.filter(([, { sieve }]) => sieve !== undefined);

const indexes = new WeakMap<RuleBook, ReadonlyMap<string, EventIndex>>();

/** The rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<AskingRule> {
  const index = indexOf(book).get(facts.event.EventType);
  if (index === undefined) return;
  const found = lookUpKeys(index, facts).values();
  let hit = found.next().value;
  const tried = new Map<Sieve, boolean>();
  for (const { place, rule, sieve } of index.rest) {
    for (; hit !== undefined && hit.place < place; hit = found.next().value) yield hit.rule;
    if (sieve !== undefined && !tried.has(sieve)) tried.set(sieve, sieve(facts));
    if (sieve === undefined || tried.get(sieve) === true) yield rule;
  }
  for (; hit !== undefined; hit = found.next().value) yield hit.rule;
}

function lookUpKeys({ byKey }: EventIndex, facts: Facts): readonly Entry[] {
  const found = new Set<Entry>();
  for (const [, { eventKeys }, entries] of byKey) {
    if (entries.size === 0) continue;
    for (const key of eventKeys?.(facts) ?? []) for (const entry of entries.get(key) ?? []) found.add(entry);
  }
  return [...found].sort((a, b) => a.place - b.place);
}

function indexOf(book: RuleBook): ReadonlyMap<string, EventIndex> {
  const known = indexes.get(book);
  if (known !== undefined) return known;
  const entries = book.rules.flatMap((rule, place) => (asksItself(rule) ? [{ place, rule }] : []));
  const events = new Set(entries.flatMap(({ rule }) => rule.when.event));
  const index = new Map([...events].map((event) => [event, indexEvent(entries, event)]));
  indexes.set(book, index);
  return index;
}

function indexEvent(entries: readonly Entry[], event: AnsweredEvent): EventIndex {
  const byKey = KEYED.map((asked): KeyIndex => [...asked, new Map()]);
  const rest: Entry[] = [];
  for (const entry of entries) {
    const { when } = entry.rule;
    if (!when.event.includes(event)) continue;
    const keyed = byKey.find(([name]) => when[name] !== undefined);
    if (keyed === undefined) {
      rest.push(entry);
      continue;
    }
    const [name, { ruleKeys }, found] = keyed;
    for (const key of ruleKeys?.(when[name]) ?? []) push(found, key, entry);
  }
  return { byKey, rest: withSieves(rest) };
}

function asksItself(rule: Rule): rule is AskingRule {
  return rule.when !== undefined;
}

/** Neighbours share a sieve. */
function withSieves(rest: readonly Entry[]): readonly SievedEntry[] {
  const sieves = new Map<Entry, Sieve | undefined>();
  for (const [name, condition] of SIEVED) {
    const sieved = rest.filter(({ rule }) => rule.when[name] !== undefined);
    for (let start = 0; start < sieved.length; start += BUNDLE_SIZE) {
      const members = sieved.slice(start, start + BUNDLE_SIZE);
      const sieve = condition.sieve?.(members.map(({ rule }) => rule.when[name]));
      for (const member of members) sieves.set(member, sieve);
    }
  }
  return rest.map((entry) => ({ ...entry, sieve: sieves.get(entry) }));
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

import type { Rule, RuleBook } from '../types.ts';
import type { Sieve } from './conditions/condition.ts';
import { ASKED, type ConditionName } from './conditions/conditions.ts';
import type { AnsweredEvent } from './conditions/event.ts';
import { mayBe } from './may-be.ts';
import { BUNDLE_SIZE } from './pattern-bundle.ts';
import type { Facts } from './read-facts.ts';

/** A rule that may answer by itself. */
export type AskingRule = Rule & Required<Pick<Rule, 'when'>>;

/** A rule and its place in the book. */
interface Entry {
  readonly place: number;
  readonly rule: AskingRule;
}

/** Rules that are passed over together. */
interface Group {
  /** Absent where nothing can be said of them at once. */
  readonly sieve: Sieve | undefined;
  /** In the order of the book. */
  readonly entries: readonly Entry[];
}

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up,
 * a phrase one for each word of the message, a pattern a share of its bundle, and what is not in the message – hours,
 * values, the channel – a share of what is asked once for many rules.
 */
interface EventIndex {
  /** For each condition with keys, the rules by key. A rule is kept by the first such condition that it has. */
  readonly byKey: readonly KeyIndex[];
  /** Rules that have no such condition, by the first of each group. */
  readonly rest: readonly Group[];
}

type Asked = (typeof ASKED)[number][1];
type KeyIndex = readonly [...(typeof ASKED)[number], entries: Map<string, Entry[]>];

const KEYED = ASKED.filter(([, { ruleKeys }]) => ruleKeys !== undefined);

/** Whether it holds depends on who asks. */
const OF_ONE_RULE: ConditionName = 'once';

/** What may stand in a rule without keys: what is costly to ask comes first, then what many rules ask alike. */
const SIEVED = ASKED.filter(([, { sieve }]) => sieve !== undefined);
const ALIKE = ASKED.filter(
  ([name, { sieve, ruleKeys }]) =>
    sieve === undefined && ruleKeys === undefined && name !== 'event' && name !== OF_ONE_RULE,
);

const indexes = new WeakMap<RuleBook, ReadonlyMap<string, EventIndex>>();

/** The rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<AskingRule> {
  const index = indexOf(book).get(facts.event.EventType);
  if (index === undefined) return;
  let waiting = lookUpKeys(index, facts);
  let next = 0;
  for (const group of index.rest) {
    const { sieve, entries } = group;
    const start = placeOf(group);
    for (let entry = waiting[next]; entry !== undefined && entry.place < start; entry = waiting[next]) {
      next++;
      yield entry.rule;
    }
    if (sieve !== undefined && !sieve(facts)) continue;
    waiting = inOrder([...waiting.slice(next), ...entries]);
    next = 0;
  }
  for (const { rule } of waiting.slice(next)) yield rule;
}

function lookUpKeys({ byKey }: EventIndex, facts: Facts): readonly Entry[] {
  const found = new Set<Entry>();
  for (const [, { eventKeys }, entries] of byKey) {
    if (entries.size === 0) continue;
    for (const key of eventKeys?.(facts) ?? []) for (const entry of entries.get(key) ?? []) found.add(entry);
  }
  return inOrder([...found]);
}

function inOrder(entries: Entry[]): readonly Entry[] {
  return entries.sort((a, b) => a.place - b.place);
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
  let left = entries.filter(({ rule }) => rule.when.event.includes(event));
  const take = (name: ConditionName): readonly Entry[] => {
    const taken: Entry[] = [];
    const others: Entry[] = [];
    for (const entry of left) (entry.rule.when[name] === undefined ? others : taken).push(entry);
    left = others;
    return taken;
  };
  const byKey = KEYED.map(([name, condition]): KeyIndex => {
    const found = new Map<string, Entry[]>();
    for (const entry of take(name)) {
      for (const key of condition.ruleKeys?.(entry.rule.when[name]) ?? []) push(found, key, entry);
    }
    return [name, condition, found];
  });
  const sieved = SIEVED.flatMap(([name, condition]) => inBundles(take(name), name, condition));
  const alike = ALIKE.flatMap(([name, condition]) => byWords(take(name), name, condition));
  const rest = [...sieved, ...alike, ...(left.length > 0 ? [{ sieve: undefined, entries: left }] : [])];
  return { byKey, rest: rest.sort((a, b) => placeOf(a) - placeOf(b)) };
}

function asksItself(rule: Rule): rule is AskingRule {
  return rule.when !== undefined;
}

/** Neighbours share a sieve. */
function inBundles(entries: readonly Entry[], name: ConditionName, { sieve }: Asked): readonly Group[] {
  const groups: Group[] = [];
  for (let start = 0; start < entries.length; start += BUNDLE_SIZE) {
    const members = entries.slice(start, start + BUNDLE_SIZE);
    groups.push({ sieve: sieve?.(members.map(({ rule }) => rule.when[name])), entries: members });
  }
  return groups;
}

/** Rules that ask the same in the same words. */
function byWords(entries: readonly Entry[], name: ConditionName, { holds }: Asked): readonly Group[] {
  const alike = new Map<string, Entry[]>();
  for (const entry of entries) push(alike, JSON.stringify(entry.rule.when[name]), entry);
  return [...alike.values()].map((members) => {
    const wanted = members[0]?.rule.when[name];
    return { sieve: (facts) => mayBe(facts, () => holds(wanted, facts, '')), entries: members };
  });
}

function placeOf({ entries }: Group): number {
  return entries[0]?.place ?? 0;
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

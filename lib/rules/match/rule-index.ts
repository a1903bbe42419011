import type { EventName } from '../../event/event-types.ts';
import type { Rule, RuleBook } from '../types.ts';
import type { Sieve } from './conditions/condition.ts';
import { ASKED, type ConditionName, type When } from './conditions/conditions.ts';
import { ANSWERED_EVENTS } from './conditions/event.ts';
import { mayBe } from './may-be.ts';
import { BUNDLE_SIZE } from './pattern-bundle.ts';
import type { Facts } from './read-facts.ts';

/** A rule that may answer by itself. */
export interface Candidate {
  readonly rule: Rule;
  readonly when: When;
  /** In the book. */
  readonly place: number;
}

/** Rules that are passed over together. */
interface Group {
  /** Absent where nothing can be said of them at once. */
  readonly sieve: Sieve | undefined;
  /** In the order of the book. */
  readonly entries: readonly Candidate[];
}

/**
 * Which rules an event can match at all, so that the number of rules does not show: a keyword costs one look-up,
 * a phrase one for each word of the message, a pattern a share of its bundle, and what is not in the message – hours,
 * values, the channel – a share of what is asked once for many rules.
 */
interface EventIndex {
  /** For each condition with keys, the rules by key. */
  readonly byKey: readonly KeyIndex[];
  /** Rules that have no such condition, by the first of each group. */
  readonly rest: readonly Group[];
}

type Asked = (typeof ASKED)[number][1];
type KeyIndex = readonly [...(typeof ASKED)[number], entries: Map<string, Candidate[]>];

const KEYED = ASKED.filter(([, { ruleKeys }]) => ruleKeys !== undefined);

/** Whether it holds depends on who asks. */
const OF_ONE_RULE: ConditionName = 'once';

/** What may stand in a rule without keys: what is costly to ask comes first, then what many rules ask alike. */
const SIEVED = ASKED.filter(([, { sieve }]) => sieve !== undefined);
const ALIKE = ASKED.filter(
  ([name, { sieve, ruleKeys }]) =>
    sieve === undefined && ruleKeys === undefined && name !== 'event' && name !== OF_ONE_RULE,
);

/** A rule is kept by the first of these that it has. */
const KEEPERS = [...KEYED, ...SIEVED, ...ALIKE].map(([name]) => name);

const indexes = new WeakMap<RuleBook, Map<EventName, EventIndex>>();

/** The rules that may match, in the order of the book; all others cannot. */
export function* candidates(book: RuleBook, facts: Facts): Generator<Candidate> {
  const index = indexOf(book, facts.event.EventType);
  let waiting = lookUpKeys(index, facts);
  let next = 0;
  for (const group of index.rest) {
    const { sieve, entries } = group;
    const start = placeOf(group);
    for (let entry = waiting[next]; entry !== undefined && entry.place < start; entry = waiting[next]) {
      next++;
      yield entry;
    }
    if (sieve !== undefined && !sieve(facts)) continue;
    waiting = inOrder([...waiting.slice(next), ...entries]);
    next = 0;
  }
  yield* waiting.slice(next);
}

function lookUpKeys({ byKey }: EventIndex, facts: Facts): readonly Candidate[] {
  const found = new Set<Candidate>();
  for (const [, { eventKeys }, entries] of byKey) {
    if (entries.size === 0) continue;
    for (const key of eventKeys?.(facts) ?? []) for (const entry of entries.get(key) ?? []) found.add(entry);
  }
  return inOrder([...found]);
}

function inOrder(entries: Candidate[]): readonly Candidate[] {
  return entries.sort((a, b) => a.place - b.place);
}

/** Done while a function starts, when Lambda lends it a whole processor; for an event it has a share of one. */
export function prepareRules(book: RuleBook): void {
  for (const event of ANSWERED_EVENTS) indexOf(book, event);
}

/** Made for a kind of event when the first of it comes, where nobody prepared it. */
function indexOf(book: RuleBook, event: EventName): EventIndex {
  const known = indexes.get(book) ?? new Map<EventName, EventIndex>();
  indexes.set(book, known);
  const index = known.get(event) ?? indexRules(book.rules, event);
  known.set(event, index);
  return index;
}

function indexRules(rules: readonly Rule[], event: EventName): EventIndex {
  const kept = new Map<ConditionName | undefined, Candidate[]>();
  rules.forEach((rule, place) => {
    const { when } = rule;
    if (when?.event.some((name) => name === event)) {
      push(
        kept,
        KEEPERS.find((name) => name in when),
        { place, rule, when },
      );
    }
  });
  const byKey = KEYED.map(([name, condition]): KeyIndex => {
    const found = new Map<string, Candidate[]>();
    for (const entry of kept.get(name) ?? []) {
      for (const key of condition.ruleKeys?.(entry.when[name]) ?? []) push(found, key, entry);
    }
    return [name, condition, found];
  });
  const sieved = SIEVED.flatMap(([name, condition]) => inBundles(kept.get(name) ?? [], name, condition));
  const alike = ALIKE.flatMap(([name, condition]) => byWords(kept.get(name) ?? [], name, condition));
  const left = kept.get(undefined);
  const rest = [...sieved, ...alike, ...(left ? [{ sieve: undefined, entries: left }] : [])];
  return { byKey, rest: rest.sort((a, b) => placeOf(a) - placeOf(b)) };
}

/** Neighbours share a sieve. */
function inBundles(entries: readonly Candidate[], name: ConditionName, { sieve }: Asked): readonly Group[] {
  const groups: Group[] = [];
  for (let start = 0; start < entries.length; start += BUNDLE_SIZE) {
    const members = entries.slice(start, start + BUNDLE_SIZE);
    groups.push({ sieve: sieve?.(members.map(({ when }) => when[name])), entries: members });
  }
  return groups;
}

/** Rules that ask the same in the same words. */
function byWords(entries: readonly Candidate[], name: ConditionName, { holds }: Asked): readonly Group[] {
  const alike = new Map<string, Candidate[]>();
  for (const entry of entries) push(alike, JSON.stringify(entry.when[name]), entry);
  return [...alike.values()].map((members) => {
    const wanted = members[0]?.when[name];
    return { sieve: (facts) => mayBe(facts, () => holds(wanted, facts, '')), entries: members };
  });
}

function placeOf({ entries }: Group): number {
  return entries[0]?.place ?? 0;
}

function push<K>(map: Map<K, Candidate[]>, key: K, entry: Candidate): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

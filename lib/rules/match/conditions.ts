import type { When } from '../types.ts';
import { findPattern } from './find-pattern.ts';
import type { Facts } from './read-facts.ts';

/** What one condition says about an event; undefined when the rule does not have it. */
type Condition = (when: When, facts: Facts) => Verdict | undefined;

interface Verdict {
  readonly holds: boolean;
  /** Teaches the author: quotes the rule, never the customer. */
  readonly why: () => string;
}

/** In the order in which they are asked: the cheapest and the most telling first. */
const CONDITIONS: readonly Condition[] = [
  condition('event', {
    holds: (events, { event }) => events.some((name) => name === event),
    yes: (_, { event }) => `this is ${event}`,
    no: (events, { event }) => `this is ${event}, the rule is for ${events.join(', ')}`,
  }),
  condition('channel', {
    holds: (channels, { channel }) => channels.includes(channel),
    yes: (_, { channel }) => `this is ${channel}`,
    no: (channels, { channel }) => `this is ${channel}, the rule is for ${channels.join(', ')}`,
  }),
  condition('media', {
    holds: (wanted, { media }) =>
      typeof wanted === 'boolean'
        ? wanted === media.length > 0
        : wanted.some((glob) => media.some((type) => matchesType(glob, type))),
    yes: (wanted) => `the message carries ${typeof wanted === 'boolean' ? some(wanted) : wanted.join(', ')}`,
    no: (wanted) =>
      `the message carries ${typeof wanted === 'boolean' ? some(!wanted) : `no ${wanted.join(', ')}`}`,
  }),
  condition('keyword', {
    holds: (keywords, { normal }) => keywords.includes(normal),
    yes: (keywords) => `the message is ${oneOf(keywords.map(quote))}`,
    no: (keywords) => `the message ${noneOf(keywords.map(quote), 'is not', 'is')}`,
  }),
  condition('includes', {
    holds: (phrases, { spoken }) => phrases.some(({ words }) => spoken.includes(` ${words} `)),
    yes: (phrases) => `the message contains ${oneOf(phrases.map(quotePhrase))}`,
    no: (phrases) => `the message ${noneOf(phrases.map(quotePhrase), 'does not contain', 'contains')}`,
  }),
  condition('pattern', {
    holds: (sources, { text }) => findPattern(sources, text) !== undefined,
    yes: (sources) => `the message matches ${oneOf(sources.map(quotePattern))}`,
    no: (sources) => `the message ${noneOf(sources.map(quotePattern), 'does not match', 'matches')}`,
  }),
];

/** Why a rule does not match: the first of its conditions that does not hold. Undefined when all hold. */
export function whyNot(when: When, facts: Facts): string | undefined {
  return firstFailure(when, facts)?.why();
}

export function matches(when: When, facts: Facts): boolean {
  return firstFailure(when, facts) === undefined;
}

/** Why a rule whose conditions all hold matched. The event goes without saying where there are others. */
export function whyMatched(when: When, facts: Facts): string {
  const reasons = CONDITIONS.flatMap((ask) => ask(when, facts)?.why() ?? []);
  return reasons.slice(reasons.length > 1 ? 1 : 0).join('; ');
}

function firstFailure(when: When, facts: Facts): Verdict | undefined {
  for (const ask of CONDITIONS) {
    const verdict = ask(when, facts);
    if (verdict?.holds === false) return verdict;
  }
  return undefined;
}

interface Kind<T> {
  readonly holds: (wanted: T, facts: Facts) => boolean;
  readonly yes: (wanted: T, facts: Facts) => string;
  readonly no: (wanted: T, facts: Facts) => string;
}

function condition<K extends keyof When>(key: K, { holds, yes, no }: Kind<NonNullable<When[K]>>): Condition {
  return (when, facts) => {
    const wanted = when[key];
    if (wanted === undefined) return undefined;
    const held = holds(wanted, facts);
    return { holds: held, why: () => `${key}: ${(held ? yes : no)(wanted, facts)}` };
  };
}

/** `image/*` stands for every subtype. */
function matchesType(glob: string, type: string): boolean {
  return glob.endsWith('/*') ? type.startsWith(glob.slice(0, -1)) : type === glob;
}

function some(media: boolean): string {
  return media ? 'media' : 'no media';
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function quotePhrase({ written }: { readonly written: string }): string {
  return quote(written);
}

function quotePattern(source: string): string {
  return `/${source}/`;
}

function oneOf(values: readonly string[]): string {
  return `${values.length === 1 ? '' : 'one of '}${values.join(', ')}`;
}

function noneOf(values: readonly string[], one: string, several: string): string {
  return `${values.length === 1 ? one : `${several} none of`} ${values.join(', ')}`;
}

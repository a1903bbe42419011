import type { Facts } from '../read-facts.ts';

/** What one condition asks of an event. `T` is what the rules hold for it (compile/conditions/ makes it). */
export interface Condition<T> {
  /** @param asker the rule, or the item of an `otherwise`, that asks */
  holds(wanted: T, facts: Facts, asker: string): boolean;
  /** Why it held. Teaches the author: quotes the rule, never the customer. */
  yes(wanted: T, facts: Facts, asker: string): string;
  /** Why it did not hold. Quotes the rule, never the customer. */
  no(wanted: T, facts: Facts, asker: string): string;
  /** What it took from the message, for `{{ match.… }}`; undefined where it does not hold. */
  captures?(wanted: T, facts: Facts): Readonly<Record<string, string>> | undefined;
  /**
   * Where it can hold only if one of the rule's keys is among the event's: rules are then found by key, not asked.
   * Goes with `eventKeys`.
   */
  ruleKeys?(wanted: T): readonly string[];
  eventKeys?(facts: Facts): readonly string[];
  /** For what is costly to ask of one rule after the other: says of several rules at once that it holds in none. */
  sieve?(wanted: readonly T[]): Sieve;
}

/** False when the condition holds in no rule of the sieve; true when it may hold in one. */
export type Sieve = (facts: Facts) => boolean;

/** What the rules hold for a condition. */
export type Wanted<C> = C extends Condition<infer T> ? T : never;

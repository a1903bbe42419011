import type { Facts } from '../read-facts.ts';
import type { Condition } from './condition.ts';

type Reasons<T> = Pick<Condition<T>, 'yes' | 'no'>;

/** For a condition that lists what an event may be: "this is sms, the rule is for whatsapp". */
export function reasonsOfKind<T>(kindOf: (facts: Facts) => string): Reasons<readonly T[]> {
  return {
    yes: (_, facts) => `this is ${kindOf(facts)}`,
    no: (wanted, facts) => `this is ${kindOf(facts)}, the rule is for ${wanted.join(', ')}`,
  };
}

/** For a condition that lists what a message may hold: "the message contains none of …". */
export function reasonsOfMessage<T>(
  does: string,
  doesNot: string,
  show: (item: T) => string,
): Reasons<readonly T[]> {
  const list = (items: readonly T[], one: string, several: string) =>
    `the message ${items.length === 1 ? one : several} ${items.map((item) => show(item)).join(', ')}`;
  return {
    yes: (items) => list(items, does, `${does} one of`),
    no: (items) => list(items, doesNot, `${does} none of`),
  };
}

/** "a", "b" */
export function quoteAll(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(', ');
}

import { mayBe } from '../may-be.ts';
import type { Condition, Sieve } from './condition.ts';
import { quoteAll } from './reasons.ts';

/** What each value may be, by its path. */
export type Allowed = Readonly<Record<string, readonly string[]>>;

export const where: Condition<Allowed> = {
  holds: (allowed, { value }) =>
    Object.entries(allowed).every(([path, texts]) => isOneOf(texts, value(path))),
  yes: (allowed) =>
    Object.entries(allowed)
      .map(([path, texts]) => `${path} is ${texts.length === 1 ? '' : 'one of '}${quoteAll(texts)}`)
      .join(' and '),
  no: (allowed, { value }) => {
    const failed = Object.entries(allowed).find(([path, texts]) => !isOneOf(texts, value(path)));
    const [path = '', texts = []] = failed ?? [];
    return `${path} is not ${texts.length === 1 ? '' : 'one of '}${quoteAll(texts)}`;
  },
  sieve: firstPaths,
};

/** Each value that the rules begin with is looked up once. */
function firstPaths(rules: readonly Allowed[]): Sieve {
  const byPath = new Map<string, Set<string>>();
  for (const [path, texts] of rules.flatMap((allowed) => Object.entries(allowed).slice(0, 1))) {
    const known = byPath.get(path) ?? new Set();
    for (const text of texts) known.add(text);
    byPath.set(path, known);
  }
  return (facts) =>
    [...byPath].some(([path, texts]) => mayBe(facts, () => texts.has(facts.value(path) ?? '')));
}

function isOneOf(texts: readonly string[], value: string | undefined): boolean {
  return value !== undefined && texts.includes(value);
}

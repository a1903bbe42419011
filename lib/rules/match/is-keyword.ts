import type { RuleBook } from '../types.ts';

const known = new WeakMap<RuleBook, ReadonlySet<string>>();

/** Whether a whole message, as normalizeText leaves it, is a keyword of some rule, accents and all. */
export function isKeyword(book: RuleBook, normal: string): boolean {
  let keywords = known.get(book);
  if (keywords === undefined) {
    keywords = new Set(book.rules.flatMap(({ when }) => when.keyword ?? []));
    known.set(book, keywords);
  }
  return keywords.has(normal);
}

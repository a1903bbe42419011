/** What of a RuleBook is needed here; its own type would lead back to the facts. */
export interface KeywordRules {
  readonly rules: readonly { readonly when?: { readonly keyword?: readonly string[] } }[];
}

const known = new WeakMap<KeywordRules, ReadonlySet<string>>();

/** Whether a whole message, as normalizeText leaves it, is a keyword of some rule, accents and all. */
export function isKeyword(book: KeywordRules, normal: string): boolean {
  let keywords = known.get(book);
  if (keywords === undefined) {
    keywords = new Set(book.rules.flatMap(({ when }) => when?.keyword ?? []));
    known.set(book, keywords);
  }
  return keywords.has(normal);
}

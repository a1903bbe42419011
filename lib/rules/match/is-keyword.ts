/** What of a RuleBook is needed here; its own type would lead back to the facts. */
export interface KeywordRules {
  readonly rules: readonly (Asking & { readonly otherwise?: readonly Asking[] })[];
  readonly otherwise?: readonly Asking[];
}

interface Asking {
  readonly when?: { readonly keyword?: readonly string[] };
}

const known = new WeakMap<KeywordRules, ReadonlySet<string>>();

/** Whether a whole message, as normalizeText leaves it, is a keyword of the file, accents and all. */
export function isKeyword(book: KeywordRules, normal: string): boolean {
  let keywords = known.get(book);
  if (keywords === undefined) {
    const own = book.rules.flatMap((rule) => [rule, ...(rule.otherwise ?? [])]);
    keywords = new Set([...own, ...(book.otherwise ?? [])].flatMap(({ when }) => when?.keyword ?? []));
    known.set(book, keywords);
  }
  return keywords.has(normal);
}

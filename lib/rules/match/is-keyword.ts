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
  const keywords = known.get(book) ?? keywordsOf(book);
  known.set(book, keywords);
  return keywords.has(normal);
}

/** Every keyword of a file, as normalizeText leaves them. */
export function keywordsOf({ rules, otherwise = [] }: KeywordRules): ReadonlySet<string> {
  const keywords = new Set<string>();
  const add = ({ when }: Asking) => {
    for (const keyword of when?.keyword ?? []) keywords.add(keyword);
  };
  for (const rule of rules) {
    add(rule);
    rule.otherwise?.forEach(add);
  }
  otherwise.forEach(add);
  return keywords;
}

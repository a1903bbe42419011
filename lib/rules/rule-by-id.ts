interface Identified {
  readonly id: string;
}

const known = new WeakMap<object, ReadonlyMap<string, Identified>>();

/** The rule of this id, found without asking each. */
export function ruleById<R extends Identified>(
  book: { readonly rules: readonly R[] },
  id: string,
): R | undefined {
  let byId = known.get(book.rules);
  if (byId === undefined) {
    byId = new Map(book.rules.map((rule) => [rule.id, rule]));
    known.set(book.rules, byId);
  }
  return byId.get(id) as R | undefined;
}

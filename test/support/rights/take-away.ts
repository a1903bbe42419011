import type { Statement } from './evaluate-policy.ts';

/** A role's statements without one of the things that they grant. */
export interface Reduced {
  /** What is missing, such as `dynamodb:PutItem`, `dynamodb:PutItem on loss`. */
  readonly missing: string;
  readonly statements: readonly Statement[];
}

/** Every right of a role taken away by itself: each action, and each value that a condition lets pass, of each statement. */
export function takeAwayEach(statements: readonly Statement[]): readonly Reduced[] {
  return statements.flatMap((statement, at) => {
    const reduced = (missing: string, ...left: readonly Statement[]) => ({
      missing,
      statements: statements.toSpliced(at, 1, ...left),
    });
    const actions = [statement.Action].flat();
    return [
      ...actions.map((action) => {
        const rest = actions.filter((other) => other !== action);
        return reduced(
          `${action} on ${statement.Resource}`,
          ...(rest.length === 0 ? [] : [{ ...statement, Action: rest }]),
        );
      }),
      ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys).flatMap(([key, values]) =>
          [values].flat().flatMap((value, _, all) => {
            const rest = all.filter((other) => other !== value);
            const Condition = { ...statement.Condition, [operator]: { ...keys, [key]: rest } };
            // A condition with one value is missed with the action.
            return rest.length === 0 ? [] : [reduced(`${actions} for ${value}`, { ...statement, Condition })];
          }),
        ),
      ),
    ];
  });
}

/** What somebody asks of AWS, as IAM sees it. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys; those that hold one value have a list of one. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** Of a policy whose references were resolved. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/**
 * Whether a role with these statements may do it, where no other policy is in the way.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const effects = statements.filter((statement) => isAbout(statement, request)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function isAbout(statement: Statement, { action, resource, context = {} }: AccessRequest): boolean {
  return (
    [statement.Action].flat().some((pattern) => isLike(action.toLowerCase(), pattern.toLowerCase())) &&
    [statement.Resource].flat().some((pattern) => isLike(resource, pattern)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => holds(operator, context[key] ?? [], [wanted].flat())),
    )
  );
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(operator: string, found: readonly string[], wanted: readonly string[]): boolean {
  const [set, name] = operator.includes(':') ? operator.split(':') : [undefined, operator];
  const test = name === 'StringEquals' ? (value: string, of: string) => value === of : isLike;
  if (!['StringEquals', 'StringLike'].includes(name ?? '') || ![undefined, 'ForAllValues'].includes(set))
    throw new Error(`${operator} is not known here: add it to test/support/rights/evaluate-policy.ts.`);
  const isWanted = (value: string) => wanted.some((of) => test(value, of));
  // As AWS has it, a request without the key passes "for all values".
  return set === undefined ? found.length === 1 && found.every(isWanted) : found.every(isWanted);
}

function isLike(value: string, pattern: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

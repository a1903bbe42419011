import type { parseAst } from 'rolldown/parseAst';

export type Program = ReturnType<typeof parseAst>;
type Statement = Program['body'][number];
export type Expression = NonNullable<
  Extract<Statement, { type: 'VariableDeclaration' }>['declarations'][number]['init']
>;
export type ExportedObject = Extract<Expression, { type: 'ObjectExpression' }>;

/** What is not understood without running it, and where that stands: how many UTF-16 units are before it. */
export interface Refused {
  readonly at: number;
  readonly why: string;
}

export function isRefused(found: object): found is Refused {
  return 'why' in found;
}

const NOT_HANDLERS = 'What this file exports by default is not made by "handlers" of "parley".';
const ELSEWHERE =
  'What this file exports by default comes from another file, where it cannot be checked. Call "handlers" in this one; what the handlers do may stand in others.';

/**
 * The object that `handlers` is given in what a file exports by default, be it right there or by a constant of its own.
 */
export function exportedObject(program: Program): ExportedObject | Refused {
  const exported = exportedByDefault(program);
  if (exported === undefined)
    return { at: 0, why: 'There is no "export default handlers({ … })" in this file.' };
  if (isRefused(exported)) return exported;
  const call = followName(program, exported);
  if (isRefused(call)) return call;
  if (call.type !== 'CallExpression' || !isHandlers(program, call.callee))
    return { at: call.start, why: NOT_HANDLERS };
  const [given] = call.arguments;
  if (given === undefined || given.type === 'SpreadElement')
    return { at: call.start, why: 'Give "handlers" an object.' };
  return objectOf(program, given);
}

/** An object that is written here, or is a constant of the file. */
export function objectOf(program: Program, expression: Expression): ExportedObject | Refused {
  const value = followName(program, expression);
  if (isRefused(value) || value.type === 'ObjectExpression') return value;
  return {
    at: value.start,
    why: 'Name each handler in this file: what is not an object that stands here cannot be checked.',
  };
}

function exportedByDefault({ body }: Program): Expression | Refused | undefined {
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const { declaration } = statement;
      const { type, start: at } = declaration;
      const isOther =
        type === 'FunctionDeclaration' ||
        type === 'TSDeclareFunction' ||
        type === 'TSEmptyBodyFunctionExpression' ||
        type === 'ClassDeclaration' ||
        type === 'TSInterfaceDeclaration';
      return isOther ? { at, why: NOT_HANDLERS } : (declaration as Expression);
    }
    if (statement.type === 'TSExportAssignment')
      return { at: statement.start, why: '"export =" is not a default export.' };
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const named = statement.specifiers.find(({ exported }) => nameOf(exported) === 'default');
    if (named === undefined) continue;
    if (statement.source !== null || named.local.type !== 'Identifier')
      return { at: named.start, why: ELSEWHERE };
    return named.local as Expression;
  }
  return undefined;
}

function nameOf(name: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return name.type === 'Identifier' ? (name.name ?? '') : String(name.value);
}

/** What types say of it is gone when it runs. */
function bare(expression: Expression): Expression {
  switch (expression.type) {
    case 'ParenthesizedExpression':
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return bare(expression.expression);
    default:
      return expression;
  }
}

/** What a name stands for, and what that stands for. */
function followName(
  program: Program,
  expression: Expression,
  seen: readonly string[] = [],
): Expression | Refused {
  const value = bare(expression);
  if (value.type !== 'Identifier') return value;
  const { name, start: at } = value;
  if (importsOf(program).some((one) => one.local.name === name)) return { at, why: ELSEWHERE };
  const declared = declarationsOf(program).find(({ id }) => id.type === 'Identifier' && id.name === name);
  const other = findAssignment(program, name);
  if (other !== undefined)
    return {
      at: other,
      why: `"${name}" is given its value here, which cannot be followed: write const ${name} = ….`,
    };
  if (declared === undefined || declared.init === null || seen.includes(name))
    return { at, why: NOT_HANDLERS };
  return followName(program, declared.init, [...seen, name]);
}

function importsOf({ body }: Program) {
  return body.flatMap((statement) => (statement.type === 'ImportDeclaration' ? statement.specifiers : []));
}

function declarationsOf({ body }: Program) {
  return body.flatMap((statement) => {
    const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    return declared?.type === 'VariableDeclaration' ? declared.declarations : [];
  });
}

/** `handlers` by whatever name it is imported, or of what is imported as a whole. */
function isHandlers(program: Program, callee: Expression): boolean {
  const called = bare(callee);
  if (called.type === 'Identifier')
    return importsOf(program).some(
      (one) =>
        one.local.name === called.name &&
        one.type === 'ImportSpecifier' &&
        nameOf(one.imported) === 'handlers',
    );
  if (called.type !== 'MemberExpression' || called.object.type !== 'Identifier') return false;
  const { name } = called.object;
  const isWhole = importsOf(program).some(
    (one) => one.type === 'ImportNamespaceSpecifier' && one.local.name === name,
  );
  return (
    isWhole && called.property.type !== 'PrivateIdentifier' && nameOf(called.property as never) === 'handlers'
  );
}

/** Where something is assigned to a name, wherever in the file. */
function findAssignment(node: unknown, name: string): number | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const { type, left, start } = node as {
    type?: string;
    left?: { type: string; name?: string };
    start?: number;
  };
  if (type === 'AssignmentExpression' && left?.type === 'Identifier' && left.name === name) return start;
  for (const child of Object.values(node)) {
    const found = findAssignment(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

import { OTHERWISE } from '../explain.ts';
import type { Rule, RuleBook, Template, Then, When } from '../types.ts';
import { checkOrder } from './check-order.ts';
import { checkShape } from './check-shape.ts';
import { compileTemplates, type SourceFile } from './compile-templates.ts';
import { type ActionScope, compileThen } from './compile-then.ts';
import { compileWhen } from './compile-when.ts';
import type { Findings } from './findings.ts';
import type { Path } from './locate.ts';
import type { Problem } from './problem.ts';
import { groupsOfAny } from './read-groups.ts';
import { readYaml } from './read-yaml.ts';
import { fileSchema, ruleSchema } from './schema.ts';

export interface CompileOptions {
  /** The file's name in messages. @default rules.yaml */
  readonly file?: string;
  /** The files of the folder `templates` beside it, by template name. Without them placeholders are not compared. */
  readonly templates?: ReadonlyMap<string, SourceFile>;
}

export type Compiled =
  | { readonly ok: true; readonly book: RuleBook; readonly notes: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly notes: readonly Problem[] };

type Catalogue = ReadonlyMap<string, Template | undefined>;

/**
 * Turns the text of a rules file into a RuleBook, or lists everything that is wrong with it, in the order of the
 * file. Pure, and only for the build and the local world: it brings in a YAML parser and an analyser of patterns.
 */
export function compileRules(
  text: string,
  { file = 'rules.yaml', templates }: CompileOptions = {},
): Compiled {
  const page = readYaml(file, text);
  const findings: Findings = { page, problems: [...page.problems], notes: [] };
  const book = page.data === undefined ? undefined : compileBook(page.data, templates, findings);
  const notes = inOrder(findings.notes);
  if (book === undefined || findings.problems.length > 0) {
    return { ok: false, problems: inOrder(findings.problems), notes };
  }
  return { ok: true, book, notes };
}

function compileBook(
  data: unknown,
  definitions: CompileOptions['templates'],
  findings: Findings,
): RuleBook | undefined {
  const { page, problems } = findings;
  if (data === null) {
    problems.push(page.at([], 'The file is empty. It needs "version: 1" and a list under "rules".'));
    return undefined;
  }
  const top = checkShape(fileSchema, data, [], page, problems);
  const { templates, rules, otherwise } = top ?? (data as Partial<Record<string, unknown>>);
  const catalogue = compileTemplates(templates, definitions, findings);
  const compiled = (Array.isArray(rules) ? rules : []).map((rule: unknown, index) =>
    compileRule(rule, ['rules', index], catalogue, findings),
  );
  checkOrder(compiled, findings);
  const last = otherwise === undefined ? undefined : compileOtherwise(otherwise, catalogue, findings);
  return {
    version: 1,
    templates: Object.fromEntries(
      [...catalogue].filter((entry): entry is [string, Template] => entry[1] !== undefined),
    ),
    rules: compiled.filter((rule) => rule !== undefined),
    ...(last && { otherwise: last }),
  };
}

function compileRule(input: unknown, path: Path, templates: Catalogue, findings: Findings): Rule | undefined {
  const { page, problems } = findings;
  const shape = checkShape(ruleSchema, input, path, page, problems);
  const given =
    shape ?? (typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {});
  if (given['id'] === OTHERWISE) {
    problems.push(
      page.at([...path, 'id'], `"${OTHERWISE}" is the name of the last answer. Give the rule another id.`),
    );
  }
  const when =
    given['when'] === undefined ? undefined : compileWhen(given['when'], [...path, 'when'], findings);
  if (given['then'] === undefined) return undefined;
  const then = compileThen(given['then'], [...path, 'then'], scopeOf(when, templates), findings);
  return shape && when && { id: shape.id, when, then };
}

function compileOtherwise(input: unknown, templates: Catalogue, findings: Findings): Then {
  const scope = scopeOf({ event: ['onMessageAdded'] }, templates);
  return compileThen(input, [OTHERWISE], scope, findings);
}

function scopeOf(when: When | undefined, templates: Catalogue): ActionScope {
  return {
    events: when?.event ?? ['onMessageAdded'],
    channels: when?.channel ?? [],
    groups: when && groupsOfAny(when.pattern ?? []),
    templates,
  };
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

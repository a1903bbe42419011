import type { OptOut } from '../../guards/stop-words.ts';
import { OTHERWISE } from '../explain.ts';
import type { Rule, RuleBook, Then, When } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { checkKeywords } from './check-keywords.ts';
import { checkOrder } from './check-order.ts';
import { compileOptOut, optOutOf } from './compile-opt-out.ts';
import { compileTemplates } from './compile-templates.ts';
import { compileThen } from './compile-then.ts';
import { compileWhen } from './compile-when.ts';
import type { Problem } from './problem.ts';
import { groupsOfAny } from './read-pattern.ts';
import { readYaml } from './read-yaml.ts';
import { fileSchema, ruleSchema } from './schema.ts';
import type { Scope } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { type Findings, type Spot, spotAt } from './spot.ts';

export interface CompileOptions {
  /** The file's name in messages. @default rules.yaml */
  readonly file?: string;
  /** The files of the folder `templates` beside it, by template name. Without them placeholders are not compared. */
  readonly templates?: ReadonlyMap<string, SourceFile>;
}

export type Compiled =
  | { readonly ok: true; readonly book: RuleBook; readonly notes: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly notes: readonly Problem[] };

/**
 * Turns the text of a rules file into a RuleBook, or lists everything that is wrong with it, in the order of the
 * file. Pure, and only for the build and the local world: it brings in a YAML parser and an analyser of patterns.
 */
export function compileRules(
  text: string,
  { file = 'rules.yaml', templates }: CompileOptions = {},
): Compiled {
  const page = readYaml(file, text);
  const findings: Findings = { problems: [...page.problems], notes: [] };
  const book =
    page.data === undefined ? undefined : compileBook(page.data, templates, spotAt(page, findings), findings);
  const notes = inOrder(findings.notes);
  if (book === undefined || findings.problems.length > 0) {
    return { ok: false, problems: inOrder(findings.problems), notes };
  }
  return { ok: true, book, notes };
}

function compileBook(
  data: unknown,
  definitions: CompileOptions['templates'],
  top: Spot,
  findings: Findings,
): RuleBook | undefined {
  if (data === null) {
    top.problem('The file is empty. It needs "version: 1" and a list under "rules".');
    return undefined;
  }
  const file = top.check(fileSchema, data) ?? asMapping(data);
  const { templates, rules, otherwise, opt_out, quiet_after_person } = file;
  const optOut = compileOptOut(opt_out, top.at('opt_out'));
  const catalogue = compileTemplates(templates, definitions, top.at('templates'), findings);
  const compiled = listOf(rules).map((rule, index) =>
    compileRule(rule, { catalogue, optOut }, top.at('rules', index)),
  );
  checkOrder(compiled, top.at('rules'));
  checkKeywords(compiled, listOf(rules).map(keywordsOf), top.at('rules'));
  const last = otherwise === undefined ? undefined : compileOtherwise(otherwise, catalogue, top);
  const good = compiled.filter((rule) => rule !== undefined);
  return {
    version: 1,
    ...(typeof quiet_after_person === 'number' ? { quietAfterPersonMs: quiet_after_person } : {}),
    ...optOutOf(good, optOut),
    templates: Object.fromEntries([...catalogue].flatMap(([name, known]) => (known ? [[name, known]] : []))),
    rules: good,
    ...(last && { otherwise: last }),
  };
}

/** What the file says before its rules. */
interface Known {
  readonly catalogue: Catalogue;
  readonly optOut: OptOut;
}

function compileRule(input: unknown, { catalogue, optOut }: Known, spot: Spot): Rule | undefined {
  const shape = spot.check(ruleSchema, input);
  const given = shape ?? asMapping(input);
  if (given['id'] === OTHERWISE) {
    spot.at('id').problem(`"${OTHERWISE}" is the name of the last answer. Give the rule another id.`);
  }
  const when = given['when'] === undefined ? undefined : compileWhen(given['when'], optOut, spot.at('when'));
  if (given['then'] === undefined) return undefined;
  const then = compileThen(given['then'], scopeOf(when, catalogue), spot.at('then'));
  return shape && when && { id: shape.id, when, then };
}

function compileOtherwise(input: unknown, templates: Catalogue, top: Spot): Then {
  return compileThen(input, scopeOf({ event: ['onMessageAdded'] }, templates), top.at(OTHERWISE));
}

/** Where the conditions are broken, nothing is held against the actions that depends on them. */
function scopeOf(when: When | undefined, templates: Catalogue): Scope {
  return {
    events: when?.event ?? [],
    channels: when?.channel ?? [],
    groups: when && groupsOfAny(when.pattern ?? []),
    templates,
  };
}

function listOf(input: unknown): readonly unknown[] {
  return Array.isArray(input) ? input : [];
}

/** As they stand in the file; one needs no list. */
function keywordsOf(rule: unknown): readonly string[] {
  const { keyword } = asMapping(asMapping(rule)['when']);
  return [keyword].flat().map(String);
}

/** What there is to see of a piece whose shape is wrong. */
function asMapping(input: unknown): Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null ? { ...input } : {};
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

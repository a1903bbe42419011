import type { OptOut } from '../../guards/stop-words.ts';
import { OTHERWISE } from '../explain.ts';
import { DEFAULT_LANGUAGES } from '../match/tell-language.ts';
import type { Rule, RuleBook, When } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { uncalledHandlers } from './check-calls.ts';
import { checkOrder } from './check-order.ts';
import { checkWhole } from './check-whole.ts';
import { placeAnswers, placeRules } from './checked-file.ts';
import { compileHours, compileTimezone } from './compile-hours.ts';
import { compileLanguages } from './compile-languages.ts';
import { compileOptOut, optOutOf } from './compile-opt-out.ts';
import { compileOtherwise } from './compile-otherwise.ts';
import { compileTemplates } from './compile-templates.ts';
import { compileThen } from './compile-then.ts';
import { compileWhen } from './compile-when.ts';
import { asMapping, type FileNames, gatherNames } from './file-names.ts';
import type { HandlersFile } from './handlers-file.ts';
import { keyHome } from './key-homes.ts';
import { KNOWN_KEYS } from './known-keys.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { fileSchema, ruleSchema } from './schema.ts';
import { type Scope, scopeOf } from './scope.ts';
import type { SourceFile } from './source-file.ts';
import { type Findings, type Spot, spotAt } from './spot.ts';

export interface CompileOptions {
  /** The file's name in messages. @default rules.yaml */
  readonly file?: string;
  /** The files of the folder `templates` beside it, by template name. Without them placeholders are not compared. */
  readonly templates?: ReadonlyMap<string, SourceFile>;
  /** The file `handlers.ts` beside it. Without it nobody knows whether what is called is there. */
  readonly handlers?: HandlersFile;
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
  { file = 'rules.yaml', templates, handlers }: CompileOptions = {},
): Compiled {
  const page = readYaml(file, text, 'rules', KNOWN_KEYS);
  const findings: Findings = { problems: [...page.problems], notes: [...page.notes] };
  const book =
    page.data === undefined
      ? undefined
      : compileBook(page.data, { templates, handlers }, spotAt(page, findings), findings);
  // A slip is told once, whatever it spoils.
  const problems = new Set(findings.problems);
  const notes = inOrder(findings.notes.filter((note) => !problems.has(note)));
  if (book === undefined || problems.size > 0) {
    return { ok: false, problems: inOrder([...problems]), notes };
  }
  return { ok: true, book, notes };
}

/** What stands beside the file. */
type Beside = { readonly [Name in 'templates' | 'handlers']: CompileOptions[Name] | undefined };

function compileBook(
  data: unknown,
  { templates: definitions, handlers }: Beside,
  top: Spot,
  findings: Findings,
): RuleBook | undefined {
  if (data === null) {
    top.problem('The file is empty. It needs "version: 1" and a list under "rules".');
    return undefined;
  }
  const file = top.check(fileSchema, data, (key) => keyHome(key, 'file')) ?? asMapping(data);
  const { templates, rules, otherwise, opt_out, quiet_after_person, timezone, languages, hours } = file;
  const spoken = languages === undefined ? undefined : compileLanguages(languages, top.at('languages'));
  const called = handlers?.handlers.map(({ name }) => name);
  const names = gatherNames(data, spoken ?? DEFAULT_LANGUAGES, called);
  if (handlers !== undefined) findings.notes.push(...uncalledHandlers(handlers, data));
  const zone = timezone === undefined ? undefined : compileTimezone(timezone, top.at('timezone'));
  const open = hours === undefined ? undefined : compileHours(hours, top.at('hours'));
  const optOut = compileOptOut(opt_out, top.at('opt_out'));
  const catalogue = compileTemplates(templates, definitions, names.languages, top.at('templates'), findings);
  const known: Known = { catalogue, optOut, names };
  const compiled = listOf(rules).map((rule, index) => compileRule(rule, known, top.at('rules', index)));
  const ids = listOf(rules).map((rule) => asMapping(rule)['id']);
  checkOrder(compiled, ids, top.at('rules'));
  const last =
    otherwise === undefined
      ? undefined
      : compileOtherwise(
          otherwise,
          undefined,
          { optOut, names, isOwnOtherwise: false },
          lastScope(known),
          top.at(OTHERWISE),
        );
  const good = compiled.filter((rule) => rule !== undefined);
  const book: RuleBook = {
    version: 1,
    ...(typeof quiet_after_person === 'number' ? { quietAfterPersonMs: quiet_after_person } : {}),
    ...optOutOf({ rules: good, ...(last && { otherwise: last }) }, optOut),
    ...(zone && { timezone: zone }),
    ...(spoken && { languages: spoken }),
    ...(open && { hours: open }),
    templates: Object.fromEntries([...catalogue].flatMap(([name, one]) => (one ? [[name, one]] : []))),
    rules: good,
    ...(last && { otherwise: last }),
  };
  const placed = placeRules(compiled, listOf(rules), top.at('rules'));
  checkWhole({
    book,
    rules: placed,
    answers: placeAnswers(placed, book, otherwise, top),
    given: [...listOf(rules), otherwise],
    isPartial: good.length < compiled.length,
    catalogue,
    optOut: book.optOut ?? optOut,
    names,
    top,
  });
  return book;
}

/** What the file says before its rules. */
interface Known {
  readonly catalogue: Catalogue;
  readonly optOut: OptOut;
  readonly names: FileNames;
}

function compileRule(input: unknown, known: Known, spot: Spot): Rule | undefined {
  const { optOut, names } = known;
  const shape = spot.check(ruleSchema, input, (key) => keyHome(key, 'rule'));
  const given = shape ?? asMapping(input);
  const id = String(given['id']);
  if (id === OTHERWISE || id.includes(`.${OTHERWISE}`)) {
    spot.at('id').problem(`"${OTHERWISE}" is the name of the last answer. Give the rule another id.`);
  }
  const before = spot.problemCount();
  const when =
    given['when'] === undefined
      ? undefined
      : compileWhen(given['when'], { optOut, names, isOwnOtherwise: false }, spot.at('when'));
  const hasWhen = given['when'] !== undefined;
  if (given['then'] === undefined) return undefined;
  const scope = scopeOf(hasWhen ? when : 'none', known);
  const then = compileThen(given['then'], scope, spot.at('then'));
  const own = given['otherwise'];
  const otherwise =
    own === undefined
      ? undefined
      : compileOtherwise(
          own,
          id,
          { optOut, names, isOwnOtherwise: true },
          lastScope(known),
          spot.at(OTHERWISE),
        );
  if (own !== undefined && then.waits === undefined && spot.problemCount() === before) {
    spot
      .at(OTHERWISE)
      .keyProblem(
        `"otherwise" answers while a question is open, and this rule asks none. Add "wait", or leave it out.`,
      );
  }
  if (shape === undefined || (hasWhen && when === undefined)) return undefined;
  return { id: shape.id, ...(when && { when }), ...then, ...(otherwise && { otherwise }) };
}

/** Of an `otherwise`, which answers messages only. */
function lastScope(known: Known): (when: When | undefined) => Scope {
  return (when) => ({ ...scopeOf(when ?? { event: ['onMessageAdded'] }, known), mayWait: false });
}

function listOf(input: unknown): readonly unknown[] {
  return Array.isArray(input) ? input : [];
}

function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column);
}

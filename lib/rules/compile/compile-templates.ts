import { MAX_VARIABLE_NAME, MAX_VARIABLES } from '../../limits.ts';
import { allOf, isByLanguage } from '../render/localize.ts';
import type { Template } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { checkDefinition } from './check-definition.ts';
import { compileLocalized } from './localized.ts';
import { templateSchema, templatesSchema } from './schema.ts';
import type { SourceFile } from './source-file.ts';
import type { Findings, Spot } from './spot.ts';
import { isName, wrongName } from './wrong-name.ts';

const VARIABLE = /^[A-Za-z0-9][A-Za-z0-9_]*$/;

/**
 * Reads the template catalogue. `definitions` are the files of the templates folder by name, or undefined when the
 * folder is missing. A template with a SID for each language may have a definition for each: `welcome.de.json`.
 */
export function compileTemplates(
  input: unknown,
  definitions: ReadonlyMap<string, SourceFile> | undefined,
  languages: readonly string[],
  spot: Spot,
  findings: Findings,
): Catalogue {
  const declared = input === undefined ? {} : (spot.check(templatesSchema, input) ?? {});
  const catalogue = Object.entries(declared).map(([name, one]) => {
    const before = spot.problemCount();
    const template = compileTemplate(name, one, languages, spot.at(name));
    const titles =
      template && definitions ? checkFiles(name, template, definitions, spot.at(name), findings) : {};
    if (template === undefined || spot.problemCount() > before) return [name, undefined] as const;
    return [name, { ...template, ...titles }] as const;
  });
  noteTwins(catalogue, spot);
  const byName: Catalogue = new Map(catalogue);
  for (const [name, { file }] of definitions ?? []) {
    const why = whyUnused(name, byName);
    const message = `No rule can use this file: "templates" in the rules file ${why}.`;
    if (why !== undefined) findings.notes.push({ file, line: 1, column: 1, message });
  }
  if (definitions === undefined && catalogue.length > 0) {
    spot.note('There is no folder "templates" beside this file, so placeholders are not compared.');
  }
  return byName;
}

/** @param file a definition's, `<name>` or `<name>.<language>` */
function whyUnused(file: string, catalogue: Catalogue): string | undefined {
  if (catalogue.has(file)) return undefined;
  const [name = '', language, ...more] = file.split('.');
  if (!catalogue.has(name) || language === undefined || more.length > 0) return `does not name "${file}"`;
  const template = catalogue.get(name);
  if (
    template === undefined ||
    (isByLanguage(template.sid) && Object.hasOwn(template.sid.byLanguage, language))
  )
    return undefined;
  return `gives "${name}" no SID for "${language}"`;
}

/** Two names for one template are most likely a copy whose SID was forgotten. */
function noteTwins(catalogue: readonly (readonly [string, Template | undefined])[], spot: Spot): void {
  const names = new Map<string, string>();
  for (const [name, template] of catalogue) {
    if (template === undefined) continue;
    const other = allOf(template.sid)
      .map((sid) => names.get(sid))
      .find((found) => found !== undefined);
    if (other !== undefined)
      spot.at(name, 'sid').note(`"${other}" has the same SID, so both send the same template.`);
    for (const sid of allOf(template.sid)) names.set(sid, name);
  }
}

function compileTemplate(
  name: string,
  input: unknown,
  languages: readonly string[],
  spot: Spot,
): Template | undefined {
  if (!isName('template', name)) spot.keyProblem(wrongName('template', name));
  const given = spot.check(templateSchema, input);
  if (given === undefined) return undefined;
  const { variables = [] } = given;
  const sid = compileLocalized(given.sid, languages, spot.at('sid'), (one) => one);
  for (const [index, variable] of variables.entries()) {
    const fault = checkVariable(variable, variables.indexOf(variable) < index);
    if (fault !== undefined) spot.at('variables', index).problem(fault);
  }
  if (variables.length > MAX_VARIABLES) {
    spot
      .at('variables')
      .problem(`These are ${variables.length} variables; Twilio takes at most ${MAX_VARIABLES}.`);
  }
  return { sid, variables };
}

function checkVariable(name: string, repeated: boolean): string | undefined {
  if (repeated) return `The variable "${name}" is listed twice. Keep one.`;
  if (!VARIABLE.test(name)) {
    return `"${name}" is not a variable name. Use letters, digits and underscores, and begin with a letter or digit.`;
  }
  return name.length <= MAX_VARIABLE_NAME
    ? undefined
    : `"${name}" is ${name.length} characters long; Twilio takes at most ${MAX_VARIABLE_NAME}.`;
}

/** @returns the titles that its definitions offer to tap. */
function checkFiles(
  name: string,
  template: Template,
  definitions: ReadonlyMap<string, SourceFile>,
  spot: Spot,
  findings: Findings,
): Pick<Template, 'titles' | 'titlesBySid'> {
  const files = Object.entries(
    isByLanguage(template.sid) ? template.sid.byLanguage : { '': template.sid },
  ).map(([language, sid]) => ({
    sid,
    file: definitions.get(`${name}.${language}`) ?? definitions.get(name),
    language,
  }));
  const checked = new Map<SourceFile, readonly string[]>();
  for (const { file, language } of files) {
    if (file === undefined) {
      const own = language === '' ? '' : ` for "${language}" (or templates/${name}.${language}.json)`;
      spot.keyProblem(
        `There is no file templates/${name}.json${own}, the body with which the template was created.`,
      );
    } else if (!checked.has(file)) {
      checked.set(file, checkDefinition(file, template, findings));
    }
  }
  const titles = [...new Set([...checked.values()].flat())];
  if (titles.length === 0) return {};
  if (checked.size < 2) return { titles };
  const bySid = files.map(({ sid, file }) => [sid, (file && checked.get(file)) ?? []] as const);
  return { titles, titlesBySid: Object.fromEntries(bySid) };
}

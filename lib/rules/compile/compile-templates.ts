import { MAX_VARIABLE_NAME, MAX_VARIABLES } from '../limits.ts';
import type { Template } from '../types.ts';
import { checkDefinition } from './check-definition.ts';
import { checkShape } from './check-shape.ts';
import type { Findings } from './findings.ts';
import { templateSchema } from './schema.ts';

/** A file's name, for messages, and its content. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const VARIABLE = /^[A-Za-z0-9][A-Za-z0-9_]*$/;

/**
 * The template catalogue. `definitions` are the files of the templates folder by name, or undefined when there is no
 * such folder. A template that is declared wrongly stays in the catalogue as undefined, so that the rules that use
 * it are not blamed too.
 */
export function compileTemplates(
  input: unknown,
  definitions: ReadonlyMap<string, SourceFile> | undefined,
  findings: Findings,
): ReadonlyMap<string, Template | undefined> {
  const { page, problems, notes } = findings;
  const catalogue = new Map<string, Template | undefined>();
  if (input === undefined) return catalogue;
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    problems.push(
      page.at(['templates'], 'The templates must be a mapping from a name to "sid" and "variables".'),
    );
    return catalogue;
  }
  for (const [name, declared] of Object.entries(input)) {
    const before = problems.length;
    const template = compileTemplate(name, declared, findings);
    if (template !== undefined) problems.push(...checkFile(name, template, definitions, findings));
    catalogue.set(name, problems.length > before ? undefined : template);
  }
  if (definitions === undefined && catalogue.size > 0) {
    notes.push(
      page.atKey(
        ['templates'],
        'There is no folder "templates" beside this file, so the variables are not compared with any placeholders.',
      ),
    );
  }
  return catalogue;
}

function compileTemplate(
  name: string,
  declared: unknown,
  { page, problems }: Findings,
): Template | undefined {
  const path = ['templates', name];
  if (!NAME.test(name)) {
    problems.push(
      page.atKey(
        path,
        'A template is named with 1 to 64 letters, digits, hyphens or underscores, and begins with a letter.',
      ),
    );
  }
  const given = checkShape(templateSchema, declared, path, page, problems);
  if (given === undefined) return undefined;
  const variables = given.variables ?? [];
  for (const [index, variable] of variables.entries()) {
    const fault = checkVariable(variable, variables.indexOf(variable) < index);
    if (fault !== undefined) problems.push(page.at([...path, 'variables', index], fault));
  }
  if (variables.length > MAX_VARIABLES) {
    problems.push(
      page.at(
        [...path, 'variables'],
        `These are ${variables.length} variables; Twilio takes at most ${MAX_VARIABLES}.`,
      ),
    );
  }
  return { sid: given.sid, variables };
}

function checkVariable(name: string, repeated: boolean): string | undefined {
  if (repeated) return `The variable "${name}" is listed twice. Keep one.`;
  if (!VARIABLE.test(name))
    return `"${name}" is no variable name. Use letters, digits and underscores, and begin with a letter or digit.`;
  if (name.length > MAX_VARIABLE_NAME)
    return `"${name}" is ${name.length} characters long; Twilio takes at most ${MAX_VARIABLE_NAME}.`;
  return undefined;
}

function checkFile(
  name: string,
  template: Template,
  definitions: ReadonlyMap<string, SourceFile> | undefined,
  { page }: Findings,
) {
  if (definitions === undefined) return [];
  const definition = definitions.get(name);
  if (definition !== undefined) return checkDefinition(definition, template);
  return [
    page.atKey(
      ['templates', name],
      `There is no file templates/${name}.json, the body with which the template was created at Twilio.`,
    ),
  ];
}

import type { Template } from '../types.ts';
import { CONTENT_SHAPES, CONTENT_TYPES } from './content/content-types.ts';
import { noteContent } from './content/note-content.ts';
import { findTitles } from './find-titles.ts';
import { findJsonFault, type JsonFault } from './json-fault.ts';
import type { Path } from './locate.ts';
import type { Problem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import { definitionSchema } from './schema.ts';
import type { SourceFile } from './source-file.ts';
import { type Findings, type Spot, spotAt } from './spot.ts';
import { suggest } from './suggest.ts';

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/**
 * Compares the definition of a template (the body of POST /v1/Content with which it was created at Twilio) with what
 * the rules file declares: a variable without a placeholder is lost, a placeholder without a variable shows its
 * sample value to customers.
 * @returns the titles that it offers to tap.
 */
export function checkDefinition(
  { file, text }: SourceFile,
  { variables }: Template,
  findings: Findings,
): readonly string[] {
  const notJson = findJsonFault(text.replace(/^\ufeff/, ''));
  if (notJson !== undefined) {
    findings.problems.push(locateIn(file, text, notJson));
    return [];
  }
  const page = readYaml(file, text);
  const top = spotAt(page, findings);
  findings.problems.push(...page.problems);
  const definition = top.check(definitionSchema, page.data);
  if (definition === undefined) return [];

  const types = Object.keys(definition.types);
  if (types.length === 0)
    top.at('types').problem(`There is no content type. Allowed: ${CONTENT_TYPES.join(', ')}.`);
  for (const [type, content] of Object.entries(definition.types)) {
    checkType(type, content, top.at('types', type));
  }
  const used = findPlaceholders(definition.types, top);
  for (const [name, path] of used) {
    if (!variables.includes(name)) {
      top
        .at(...path)
        .problem(`The placeholder {{${name}}} is not among the variables that the rules file declares.`);
    }
    if (!Object.hasOwn(definition.variables ?? {}, name)) {
      top.at('variables').problem(`The placeholder {{${name}}} has no sample value under "variables".`);
    }
  }
  for (const name of Object.keys(definition.variables ?? {})) {
    if (used.has(name)) continue;
    top.at('variables', name).note(`There is no placeholder {{${name}}} for this sample value.`);
  }
  for (const name of variables) {
    if (used.has(name)) continue;
    top
      .at('types')
      .problem(`The rules file declares the variable "${name}", and no placeholder {{${name}}} is here.`);
  }
  return findTitles(definition.types);
}

/** What Twilio has beside those: no slip of the finger. */
const TWILIOS = /^(?:twilio\/(?:carousel|catalog|flows|pay|schedule)|whatsapp\/authentication)$/;

function checkType(type: string, content: Readonly<Record<string, unknown>>, spot: Spot): void {
  const shape = Object.hasOwn(CONTENT_SHAPES, type) ? CONTENT_SHAPES[type] : undefined;
  if (shape === undefined) {
    const allowed = `Allowed: ${CONTENT_TYPES.join(', ')}.${TWILIOS.test(type) ? '' : suggest(type, CONTENT_TYPES)}`;
    spot.keyProblem(`Conversations cannot send ${type} (50542). ${allowed}`);
  } else if (spot.check(shape, content) !== undefined) {
    noteContent(type, content, spot);
  }
}

/** Each placeholder with the first place where it stands. */
function findPlaceholders(types: unknown, top: Spot): ReadonlyMap<string, Path> {
  const found = new Map<string, Path>();
  for (const { path, value } of stringsIn(types, ['types'])) {
    for (const [, name = ''] of value.matchAll(PLACEHOLDER)) if (!found.has(name)) found.set(name, path);
    const rest = value.replace(PLACEHOLDER, '');
    if (rest.includes('{{') || rest.includes('}}')) {
      top
        .at(...path)
        .problem('A placeholder is broken. Write {{1}} or {{name}}; Twilio refuses others (21656).');
    }
  }
  return found;
}

function* stringsIn(value: unknown, path: Path): Generator<{ path: Path; value: string }> {
  if (typeof value === 'string') yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* stringsIn(item, [...path, key]);
}

function locateIn(file: string, text: string, { offset, message }: JsonFault): Problem {
  const before = text
    .replace(/^\ufeff/, '')
    .slice(0, offset)
    .split('\n');
  return { file, line: before.length, column: (before.at(-1) ?? '').length + 1, message };
}

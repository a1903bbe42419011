import * as z from 'zod/mini';
import type { Template } from '../types.ts';
import { checkShape } from './check-shape.ts';
import type { SourceFile } from './compile-templates.ts';
import type { Path } from './locate.ts';
import type { Problem } from './problem.ts';
import { type Page, readYaml } from './read-yaml.ts';

/** What Conversations can send: https://www.twilio.com/docs/conversations/send-rich-content-messages */
const TYPES = [
  'twilio/text',
  'twilio/media',
  'twilio/location',
  'twilio/quick-reply',
  'twilio/call-to-action',
  'twilio/list-picker',
  'twilio/card',
];

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** The body of POST /v1/Content: https://www.twilio.com/docs/content/content-api-resources */
const definitionSchema = z.strictObject(
  {
    friendly_name: z.optional(z.string('The friendly_name must be text.')),
    language: z.string('The language is missing. Write "language": "en" or another code.'),
    variables: z.optional(
      z.record(z.string(), z.string('A sample value must be text.'), 'The sample values must be an object.'),
    ),
    types: z.record(
      z.string(),
      z.record(z.string(), z.unknown(), 'A content type must be an object.'),
      'The types are missing, for example {"twilio/text": {"body": "…"}}.',
    ),
  },
  'The file must hold an object.',
);

/** Compares the definition of a template, as it was created at Twilio, with what the rules file declares. */
export function checkDefinition({ file, text }: SourceFile, { variables }: Template): readonly Problem[] {
  const page = readYaml(file, text);
  const fault = jsonFault(text);
  if (fault !== undefined) return [page.problems[0] ?? page.at([], `This is not JSON: ${fault}`)];
  const problems: Problem[] = [...page.problems];
  const definition = checkShape(definitionSchema, page.data, [], page, problems);
  if (definition === undefined) return problems;
  problems.push(...checkTypes(Object.keys(definition.types), page));

  const used = new Map<string, Path>();
  for (const { path, value } of stringsIn(definition.types, ['types'])) {
    for (const [, name = ''] of value.matchAll(PLACEHOLDER)) if (!used.has(name)) used.set(name, path);
    const rest = value.replace(PLACEHOLDER, '');
    if (rest.includes('{{') || rest.includes('}}')) {
      problems.push(
        page.at(path, 'A placeholder is broken. Write {{1}} or {{name}} (Twilio refuses others with 21656).'),
      );
    }
  }
  for (const [name, path] of used) {
    if (!variables.includes(name))
      problems.push(
        page.at(path, `The placeholder {{${name}}} is not among the variables that the rules file declares.`),
      );
    if (definition.variables !== undefined && !Object.hasOwn(definition.variables, name)) {
      problems.push(page.at(['variables'], `The placeholder {{${name}}} has no sample value here.`));
    }
  }
  for (const name of variables) {
    if (!used.has(name))
      problems.push(
        page.at(
          ['types'],
          `The rules file declares the variable "${name}", and no placeholder {{${name}}} is here.`,
        ),
      );
  }
  return problems;
}

function checkTypes(types: readonly string[], page: Page): readonly Problem[] {
  if (types.length === 0)
    return [page.at(['types'], `There is no content type. Allowed: ${TYPES.join(', ')}.`)];
  return types
    .filter((type) => !TYPES.includes(type))
    .map((type) =>
      page.atKey(['types', type], `Conversations cannot send ${type} (50542). Allowed: ${TYPES.join(', ')}.`),
    );
}

function* stringsIn(value: unknown, path: Path): Generator<{ path: Path; value: string }> {
  if (typeof value === 'string') yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* stringsIn(item, [...path, key]);
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

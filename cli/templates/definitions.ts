import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../../lib/json.ts';
import type { ContentResource } from '../../lib/twilio/contents.ts';
import type { CatalogueEntry } from './catalogue-entries.ts';

/** The body with which a template is created, as far as it is compared. */
const definitionShape = z.looseObject({
  language: z.optional(z.string()),
  variables: z.optional(z.record(z.string(), z.unknown())),
  types: z.record(z.string(), z.unknown()),
});

export type Definition = z.infer<typeof definitionShape>;

/**
 * A template's definition in bot/templates, its language's own where it has one.
 * @returns undefined where there is none: then the rules have a problem, too
 */
export async function readDefinition(
  folder: string,
  { name, language }: Pick<CatalogueEntry, 'name' | 'language'>,
): Promise<Definition | undefined> {
  const names = language === '' ? [name] : [`${name}.${language}`, name];
  for (const one of names) {
    const text = await readFile(join(folder, `${one}.json`), 'utf8').catch(() => undefined);
    const read = definitionShape.safeParse(parseJson(text?.replace(/^\uFEFF/, '') ?? ''));
    if (read.success) return read.data;
  }
  return undefined;
}

/** Whether the account has what the definition says. What Twilio adds of its own does not count. */
export function isAsDefined(found: ContentResource, { types, variables = {} }: Definition): boolean {
  return holds(found.types ?? {}, types) && holds(found.variables ?? {}, variables);
}

function holds(found: unknown, defined: unknown): boolean {
  if (typeof defined !== 'object' || defined === null) return found === defined;
  if (typeof found !== 'object' || found === null) return false;
  if (Array.isArray(defined) && defined.length !== (found as readonly unknown[]).length) return false;
  return Object.entries(defined).every(([key, value]) =>
    holds((found as Readonly<Record<string, unknown>>)[key], value),
  );
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseJson } from '../lib/json.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import { suggest } from '../lib/rules/compile/suggest.ts';
import { isByLanguage } from '../lib/rules/render/localize.ts';
import type { RuleBook, Template } from '../lib/rules/types.ts';
import { sidPattern } from '../lib/sid.ts';

/** Beside the definitions: `{"prod":{"welcome":"HX…","hours":{"en":"HX…","de":"HX…"}}}`. */
export const SIDS_FILE = 'sids.json';

const sid = z.string().check(z.regex(sidPattern('HX')));
const sidsShape = z.record(z.string(), z.record(z.string(), z.union([sid, z.record(z.string(), sid)])));

/** The SIDs of templates by stage and name, and by language where the template has several. */
export type TemplateSids = z.infer<typeof sidsShape>;

export type ReadSids =
  | { readonly ok: true; readonly sids: TemplateSids }
  | { readonly ok: false; readonly problem: Problem };

/**
 * What `parley templates push` wrote.
 *
 * @param folder where the definitions are
 * @param shown how messages name the folder
 * @returns none where there is no such file
 */
export async function readTemplateSids(folder: string, shown: string): Promise<ReadSids> {
  const text = await readFile(join(folder, SIDS_FILE), 'utf8').catch(() => undefined);
  if (text === undefined) return { ok: true, sids: {} };
  const read = sidsShape.safeParse(parseJson(text.replace(/^\uFEFF/, '')));
  if (read.success) return { ok: true, sids: read.data };
  const at = read.error.issues[0]?.path.join('.') ?? '';
  const where = at === '' ? 'It' : `"${at}"`;
  const problem = place(
    shown,
    `${where} is not what is expected here: for each stage the names of templates, each with its SID (HX and 32 hexadecimal digits) or one for each language.`,
  );
  return { ok: false, problem };
}

/** Names that no template has, and languages that it does not speak. */
export function problemsOfSids(
  sids: TemplateSids,
  { templates }: RuleBook,
  shown: string,
): readonly Problem[] {
  return Object.entries(sids).flatMap(([stage, byName]) =>
    Object.entries(byName).flatMap(([name, given]) => {
      const template = templates[name];
      const path = `"${stage}.${name}"`;
      if (template === undefined) {
        const names = Object.keys(templates);
        return [place(shown, `${path} is not a template of the rules file.${suggest(name, names)}`)];
      }
      const isFitting = typeof given === 'string' ? !isByLanguage(template.sid) : isByLanguage(template.sid);
      const expected = isByLanguage(template.sid) ? 'a SID for each language' : 'one SID';
      return isFitting ? [] : [place(shown, `${path} does not fit the rules file: expected ${expected}.`)];
    }),
  );
}

/** The book with the SIDs of a stage; those that are not there stay as the rules file has them. */
export function withTemplateSids(book: RuleBook, sids: TemplateSids, stage: string | undefined): RuleBook {
  const own = stage === undefined ? undefined : sids[stage];
  if (own === undefined) return book;
  const templates = Object.entries(book.templates).map(
    ([name, template]) => [name, withSid(template, own[name])] as const,
  );
  return { ...book, templates: Object.fromEntries(templates) };
}

function withSid(template: Template, given: TemplateSids[string][string] | undefined): Template {
  if (given === undefined) return template;
  if (typeof given === 'string' || !isByLanguage(template.sid)) {
    return typeof given === 'string' ? { ...template, sid: given } : template;
  }
  const { byLanguage } = template.sid;
  const now = Object.entries(byLanguage).map(
    ([language, before]) => [language, before, given[language] ?? before] as const,
  );
  const titles = template.titlesBySid ?? {};
  const moved = now.flatMap(([, before, sid]) => (titles[before] ? [[sid, titles[before]] as const] : []));
  return {
    ...template,
    sid: { byLanguage: Object.fromEntries(now.map(([language, , sid]) => [language, sid])) },
    ...(template.titlesBySid && { titlesBySid: Object.fromEntries(moved) }),
  };
}

function place(folder: string, message: string): Problem {
  return { file: join(folder, SIDS_FILE), line: 1, column: 1, message };
}

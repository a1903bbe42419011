import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationsService } from '../../emulator/index.ts';
import { isByLanguage } from '../../lib/rules/render/localize.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

/** Lets the catalogue hold the templates that the rules name, as an author's account would. */
export async function putTemplates(
  service: ConversationsService,
  folder: string,
  { templates }: RuleBook,
): Promise<void> {
  for (const [name, { sid }] of Object.entries(templates)) {
    const sids = isByLanguage(sid) ? Object.entries(sid.byLanguage) : [['', sid] as const];
    for (const [language, one] of sids) {
      const own = language === '' ? undefined : await readDefinition(folder, `${name}.${language}`);
      service.addContent(own ?? (await readDefinition(folder, name)), { sid: one });
    }
  }
}

/** The check has made sure that one of a template's definitions is there. */
async function readDefinition(folder: string, name: string) {
  const definition = await readFile(join(folder, 'templates', `${name}.json`), 'utf8').catch(() => undefined);
  // The check reads a file with a byte order mark too.
  return definition === undefined ? undefined : JSON.parse(definition.replace(/^\ufeff/, ''));
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationsService } from '../../emulator/index.ts';
import { allOf } from '../../lib/rules/render/localize.ts';
import type { RuleBook } from '../../lib/rules/types.ts';

/** Lets the catalogue hold the templates that the rules name, as an author's account would. */
export async function putTemplates(
  service: ConversationsService,
  folder: string,
  { templates }: RuleBook,
): Promise<void> {
  for (const [name, { sid }] of Object.entries(templates)) {
    const definition = await readFile(join(folder, 'templates', `${name}.json`), 'utf8');
    // The check reads a file with a byte order mark too.
    const content = JSON.parse(definition.replace(/^\ufeff/, ''));
    for (const one of allOf(sid)) service.addContent(content, { sid: one });
  }
}

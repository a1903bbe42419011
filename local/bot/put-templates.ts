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
    for (const one of allOf(sid)) service.addContent(JSON.parse(definition), { sid: one });
  }
}

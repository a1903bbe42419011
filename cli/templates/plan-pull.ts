import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ContentResource, fetchContent } from '../../lib/twilio/contents.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import { unlessNone } from '../../lib/twilio/services.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Step } from '../stage/change-each.ts';
import { type CatalogueEntry, showEntry } from './catalogue-entries.ts';
import { isAsDefined, readDefinition } from './definitions.ts';

export interface PlannedFile extends Step<void> {
  /** `bot/templates/welcome.json` */
  readonly file: string;
}

/**
 * Which definitions are not as the account has them.
 *
 * @param folder bot/templates
 * @throws CommandError where the account has no such template
 */
export async function planPull(
  api: TwilioApi,
  entries: readonly CatalogueEntry[],
  folder: string,
): Promise<readonly PlannedFile[]> {
  const planned = entries.map(async (entry): Promise<readonly PlannedFile[]> => {
    const [found, definition] = await Promise.all([
      unlessNone(fetchContent(api, entry.sid)),
      readDefinition(folder, entry),
    ]);
    if (found === undefined) {
      throw new CommandError(
        FAILED,
        `The account has no template ${showEntry(entry)} (${entry.sid}): "templates push" creates it.`,
      );
    }
    if (definition !== undefined && isAsDefined(found, definition)) return [];
    const name = `${entry.name}${entry.language === '' ? '' : `.${entry.language}`}.json`;
    const file = `bot/templates/${name}`;
    const act = () => writeFile(join(folder, name), `${JSON.stringify(definitionOf(found), undefined, 2)}\n`);
    return [{ order: `Write ${file} as ${entry.sid} is.`, file, act }];
  });
  return (await Promise.all(planned)).flat();
}

function definitionOf({ friendly_name, language, variables, types }: ContentResource): object {
  const samples = Object.keys(variables ?? {}).length === 0 ? {} : { variables };
  return { friendly_name, language, ...samples, types };
}

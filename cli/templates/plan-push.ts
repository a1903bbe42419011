import { type ContentResource, createContent, fetchContent } from '../../lib/twilio/contents.ts';
import type { TwilioApi } from '../../lib/twilio/request.ts';
import { unlessNone } from '../../lib/twilio/services.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Step } from '../stage/change-each.ts';
import { type CatalogueEntry, showEntry } from './catalogue-entries.ts';
import { type Definition, isAsDefined, readDefinition } from './definitions.ts';
import type { NewSid } from './sids-file.ts';

/**
 * What is to be created so that the account has every template as bot/templates defines it. A template that is there
 * and differs is created anew: WhatsApp has approved it as it is, and what was sent goes on showing it.
 *
 * @param api with the Content API's origin
 * @param folder bot/templates
 */
export async function planPush(
  api: TwilioApi,
  entries: readonly CatalogueEntry[],
  folder: string,
): Promise<readonly Step<NewSid>[]> {
  const planned = entries.map(async (entry): Promise<readonly Step<NewSid>[]> => {
    const [found, definition] = await Promise.all([
      unlessNone(fetchContent(api, entry.sid)),
      readDefinition(folder, entry),
    ]);
    if (definition === undefined) {
      throw new CommandError(FAILED, `There is no definition of ${showEntry(entry)} in bot/templates.`);
    }
    if (found !== undefined && isAsDefined(found, definition)) return [];
    return [plan(api, entry, definition, found)];
  });
  return (await Promise.all(planned)).flat();
}

function plan(
  api: TwilioApi,
  entry: CatalogueEntry,
  definition: Definition,
  found: ContentResource | undefined,
): Step<NewSid> {
  const { name, language } = entry;
  const own = language === '' ? definition : { ...definition, language };
  const why = found === undefined ? `the account has no ${entry.sid}` : `${entry.sid} differs`;
  return {
    order: `Create the template ${showEntry(entry)}: ${why}.`,
    act: async () => ({ name, language, sid: (await createContent(api, own)).sid }),
  };
}

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';

/**
 * The files in the folder `talks` of a bot, by name; none where there is no such folder.
 * @param folder the bot's, absolute
 * @param shown how messages name it
 */
export async function loadTalks(folder: string, shown = folder): Promise<readonly SourceFile[]> {
  const entries = await readdir(join(folder, 'talks')).catch(() => []);
  const files = entries.filter((entry) => /\.ya?ml$/.test(entry)).sort();
  return Promise.all(
    files.map(async (entry) => ({
      file: join(shown, 'talks', entry),
      text: await readFile(join(folder, 'talks', entry), 'utf8'),
    })),
  );
}

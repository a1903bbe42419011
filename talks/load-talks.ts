import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText } from '../lib/rules/compile/decode-text.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';

/** The files of a bot's talks, and those that cannot be read. */
export interface LoadedTalks {
  readonly files: readonly SourceFile[];
  readonly problems: readonly Problem[];
}

/**
 * The files in the folder `talks` of a bot, by name; none where there is no such folder.
 * @param folder the bot's, absolute
 * @param shown how messages name it
 */
export async function loadTalks(folder: string, shown = folder): Promise<LoadedTalks> {
  const entries = await readdir(join(folder, 'talks')).catch(() => []);
  const names = entries.filter((entry) => /\.ya?ml$/.test(entry)).sort();
  const read = await Promise.all(
    names.map((name) => readOne(join(folder, 'talks', name), join(shown, 'talks', name))),
  );
  return {
    files: read.filter((one) => 'text' in one),
    problems: read.filter((one) => 'message' in one),
  };
}

async function readOne(file: string, shown: string): Promise<SourceFile | Problem> {
  try {
    const decoded = decodeText(await readFile(file));
    return decoded.ok ? { file: shown, text: decoded.text } : { file: shown, ...decoded.place };
  } catch (error) {
    return { file: shown, line: 1, column: 1, message: `This file cannot be read: ${String(error)}` };
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Compiled, compileRules } from '../lib/rules/compile/compile-rules.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';

/**
 * Reads a rules file and the folder `templates` beside it, and compiles them. A file that cannot be read is a problem
 * like any other.
 *
 * @param file absolute path
 * @param shown how messages name it; templates are named beside it
 */
export async function loadRules(file: string, shown = file): Promise<Compiled> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const problem = { file: shown, line: 1, column: 1, message: cannotRead(error) };
    return { ok: false, problems: [problem], notes: [] };
  }
  const templates = await readTemplates(join(dirname(file), 'templates'), join(dirname(shown), 'templates'));
  return compileRules(text, { file: shown, ...(templates && { templates }) });
}

/** The `.json` files of a folder by name; undefined when there is no such folder. */
async function readTemplates(folder: string, shown: string): Promise<Map<string, SourceFile> | undefined> {
  const entries = await readdir(folder).catch(() => undefined);
  if (entries === undefined) return undefined;
  const files = entries.filter((entry) => entry.endsWith('.json')).sort();
  const pairs = files.map(
    async (entry): Promise<[string, SourceFile]> => [
      basename(entry, '.json'),
      { file: join(shown, entry), text: await readFile(join(folder, entry), 'utf8') },
    ],
  );
  return new Map(await Promise.all(pairs));
}

function cannotRead(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'There is no such file. Name another: parley rules check <file>';
  if (code === 'EISDIR') return 'This is a folder. Name the rules file in it.';
  return `This file cannot be read: ${String(error)}`;
}

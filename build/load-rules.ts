import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Compiled, compileRules } from '../lib/rules/compile/compile-rules.ts';
import { decodeText } from '../lib/rules/compile/decode-text.ts';
import type { Problem } from '../lib/rules/compile/problem.ts';
import type { SourceFile } from '../lib/rules/compile/source-file.ts';
import type { FoundHandlers } from './find-handlers.ts';
import { problemsOfSids, readTemplateSids, SIDS_FILE, withTemplateSids } from './template-sids.ts';

const HANDLERS = 'handlers.ts';

/**
 * Reads a rules file, the folder `templates` and the handlers beside it, and compiles them. A file that cannot be read
 * is a problem like any other.
 *
 * @param file absolute path
 * @param shown how messages name it; templates are named beside it
 * @param another how to name another file
 * @param stage whose SIDs of templates/sids.json take the place of the file's
 */
export async function loadRules(
  file: string,
  shown = file,
  another = 'parley rules check <file>',
  stage?: string,
): Promise<Compiled> {
  const folder = (of: string) => join(dirname(of), 'templates');
  const [compiled, read] = await Promise.all([
    compileFiles(file, shown, another),
    readTemplateSids(folder(file), folder(shown)),
  ]);
  if (!compiled.ok) return compiled;
  const problems = read.ok ? problemsOfSids(read.sids, compiled.book, folder(shown)) : [read.problem];
  if (!read.ok || problems.length > 0) return { ok: false, problems, notes: compiled.notes };
  return { ...compiled, book: withTemplateSids(compiled.book, read.sids, stage) };
}

async function compileFiles(file: string, shown: string, another: string): Promise<Compiled> {
  const [source, templates, handlers] = await Promise.all([
    readSource(file, shown, another),
    readTemplates(join(dirname(file), 'templates'), join(dirname(shown), 'templates')),
    readHandlers(join(dirname(file), HANDLERS), join(dirname(shown), HANDLERS)),
  ]);
  const unread = [source, ...(templates ?? []).map(([, one]) => one)].filter((one) => 'message' in one);
  // What the others say would only be that this one is not there.
  if ('message' in source || unread.length > 0) return { ok: false, problems: unread, notes: [] };
  const good = templates?.filter((one): one is [string, SourceFile] => 'text' in one[1]);
  const compiled = compileRules(source.text, {
    file: shown,
    ...(handlers.ok && { handlers: handlers.found }),
    ...(good && { templates: new Map(good) }),
  });
  if (handlers.ok) return compiled;
  const { problems } = handlers;
  return {
    ok: false,
    problems: compiled.ok ? problems : [...compiled.problems, ...problems],
    notes: compiled.notes,
  };
}

async function readSource(file: string, shown: string, another = ''): Promise<SourceFile | Problem> {
  try {
    const decoded = decodeText(await readFile(file));
    return decoded.ok ? { file: shown, text: decoded.text } : { file: shown, ...decoded.place };
  } catch (error) {
    return { file: shown, line: 1, column: 1, message: cannotRead(error, shown, another) };
  }
}

/** Most bots have none; then nothing loads esbuild. */
async function readHandlers(file: string, shown: string): Promise<FoundHandlers> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return { ok: true, found: { file: shown, handlers: [] } };
  const { findHandlers } = await import('./find-handlers.ts');
  return findHandlers({ file: shown, text: bytes.toString('utf8') });
}

/** The `.json` files of a folder by name; undefined when there is no such folder. */
async function readTemplates(folder: string, shown: string) {
  const entries = await readdir(folder).catch(() => undefined);
  if (entries === undefined) return undefined;
  const files = entries.filter((entry) => entry.endsWith('.json') && entry !== SIDS_FILE).sort();
  const pairs = files.map(async (entry): Promise<[string, SourceFile | Problem]> => {
    return [basename(entry, '.json'), await readSource(join(folder, entry), join(shown, entry))];
  });
  return await Promise.all(pairs);
}

function cannotRead(error: unknown, shown: string, another: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `There is no such file. Name another: ${another}`;
  if (code === 'ENOTDIR') return `"${dirname(shown)}" is not a folder. Name another: ${another}`;
  if (code === 'EISDIR') return 'This is a folder. Name the rules file in it.';
  return `This file cannot be read: ${String(error)}`;
}

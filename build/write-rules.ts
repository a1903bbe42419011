import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Problem } from '../lib/rules/compile/problem.ts';
import { RulesError } from '../lib/rules/compile/rules-error.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { loadRules } from './load-rules.ts';
import { handlersModule } from './write-handlers.ts';

/**
 * Compiles bot/rules.yaml into bot/rules.generated.ts, the module that the functions bundle, and writes beside it which
 * handlers it calls.
 *
 * @param root the project's folder
 * @param stage for which it is built, whose templates have SIDs of their own
 * @returns the book
 * @throws RulesError with every problem, and then nothing is written
 */
export async function writeRules(root: string, stage?: string): Promise<RuleBook> {
  const shown = join('bot', 'rules.yaml');
  const compiled = await loadRules(join(root, shown), shown, undefined, stage);
  if (!compiled.ok) throw new RulesError(compiled.problems);
  await writeBook(root, compiled.book, compiled.notes);
  return compiled.book;
}

/**
 * Writes both modules for a book that was compiled, each only where it is another one than before: what watches it need not
 * look again.
 *
 * @param notes what is worth knowing of it: for the local world, no function bundles it
 */
export async function writeBook(root: string, book: RuleBook, notes: readonly Problem[]): Promise<void> {
  await writeNew(join(root, 'bot', 'rules.generated.ts'), moduleFor(book, notes));
  await writeNew(join(root, 'bot', 'handlers.generated.ts'), handlersModule(book));
}

async function writeNew(file: string, text: string): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== before) await writeFile(file, text);
}

const NO_RULES: RuleBook = { version: 1, templates: {}, rules: [] };

/**
 * The book that was compiled last, or one without rules where there was none yet: for who must build although the
 * rules are broken.
 *
 * @param root the project's folder
 */
export async function lastRules(root: string): Promise<RuleBook> {
  const file = resolve(root, 'bot', 'rules.generated.ts');
  if (!existsSync(file)) await writeFile(file, moduleFor(NO_RULES, []));
  const { rules } = (await import(pathToFileURL(file).href)) as { readonly rules: RuleBook };
  const handlers = resolve(root, 'bot', 'handlers.generated.ts');
  if (!existsSync(handlers)) await writeFile(handlers, handlersModule(rules));
  return rules;
}

/** As text that is parsed: V8 reads it faster than a literal of the same size, and decides faster with what it made. */
function moduleFor(book: RuleBook, notes: readonly Problem[]): string {
  return [
    '// Written by `npm run build` from rules.yaml. Edit that file instead.',
    "import type { RuleBook } from '../lib/rules/types.ts';",
    '',
    `export const rules: RuleBook = JSON.parse(${JSON.stringify(JSON.stringify(book))});`,
    `export const notes = ${JSON.stringify(notes)} as const;`,
    '',
  ].join('\n');
}

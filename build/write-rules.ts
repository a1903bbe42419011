import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RulesError } from '../lib/rules/compile/rules-error.ts';
import type { RuleBook } from '../lib/rules/types.ts';
import { loadRules } from './load-rules.ts';

/**
 * Compiles bot/rules.yaml into bot/rules.generated.ts, the module that the functions bundle.
 *
 * @param root the project's folder
 * @returns the book
 * @throws RulesError with every problem, and then nothing is written
 */
export async function writeRules(root: string): Promise<RuleBook> {
  const shown = join('bot', 'rules.yaml');
  const compiled = await loadRules(join(root, shown), shown);
  if (!compiled.ok) throw new RulesError(compiled.problems);
  await writeFile(join(root, 'bot', 'rules.generated.ts'), moduleFor(compiled.book));
  return compiled.book;
}

function moduleFor(book: RuleBook): string {
  return [
    '// Written by `npm run build` from rules.yaml. Edit that file instead.',
    "import type { RuleBook } from '../lib/rules/types.ts';",
    '',
    `export const rules: RuleBook = ${JSON.stringify(book, undefined, 2)};`,
    '',
  ].join('\n');
}

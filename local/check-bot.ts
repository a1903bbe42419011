import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';
import { RulesError } from '../lib/rules/compile/rules-error.ts';

/** @throws CommandError with everything that is wrong with the rules of a bot's folder */
export async function checkBot(folder: string): Promise<void> {
  const { loadRules } = await import('../build/load-rules.ts');
  const file = join(folder, 'rules.yaml');
  const compiled = await loadRules(file, file, '--bot <folder>');
  if (!compiled.ok) throw new CommandError(FAILED, new RulesError(compiled.problems).message);
}

/** @throws CommandError when there is no rules file in a bot's folder; what stands in it may be fixed while we run */
export async function requireBot(folder: string): Promise<void> {
  if (!existsSync(join(folder, 'rules.yaml'))) await checkBot(folder);
}

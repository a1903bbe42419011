import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';

const PROJECT = join(import.meta.dirname, '..');

/** What build/build.mjs exits with when it has built with the rules before those that are broken. */
const WITH_LAST_RULES = 3;

export interface BuildOptions {
  readonly project?: string;
  /** Whether to build all the same when the rules are broken, with the last good ones. */
  readonly rulesMayBeBroken?: boolean;
}

/**
 * `npm run build`, which says itself what is wrong. A command calls it when it has understood its command line, so
 * that help and misuse come at once and need no good rules.
 *
 * @returns whether the rules are broken, of which nothing is printed
 * @throws CommandError when there is nothing to run
 */
export async function buildBundles(options: BuildOptions = {}): Promise<boolean> {
  const { project = PROJECT, rulesMayBeBroken = false } = options;
  const words = [join('build', 'build.mjs'), ...(rulesMayBeBroken ? ['--rules-may-be-broken'] : [])];
  const child = spawn(process.execPath, words, { cwd: project, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code === WITH_LAST_RULES) return true;
  if (code !== 0) throw new CommandError(FAILED, 'Nothing was started, because the build failed.');
  return false;
}

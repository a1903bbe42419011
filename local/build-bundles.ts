import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';

const PROJECT = join(import.meta.dirname, '..');

/**
 * `npm run build`, which says itself what is wrong. A command calls it when it has understood its command line, so
 * that help and misuse come at once and need no good rules.
 *
 * @throws CommandError when there is nothing to run
 */
export async function buildBundles(project = PROJECT): Promise<void> {
  const child = spawn(process.execPath, [join('build', 'build.mjs')], { cwd: project, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new CommandError(FAILED, 'Nothing was started, because the build failed.');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Terminal } from '../command.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment/environment.ts';

/** Where npm ci puts the deployment tool, and the Node that it runs on. */
const TOOLS = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

/**
 * Runs the deployment tool in the project's folder, its lines among those of this command.
 *
 * @throws CommandError when it fails, whose reason it has printed
 */
export async function runDeployer(
  args: readonly string[],
  environment: Environment,
  { cwd, out }: Pick<Terminal, 'cwd' | 'out'>,
): Promise<void> {
  const child = spawn(join(TOOLS, 'serverless'), args, {
    cwd,
    env: { ...environment, PATH: [TOOLS, environment['PATH']].join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [child.stdout, child.stderr].map(async (input) => {
    for await (const line of createInterface({ input })) out(line);
  });
  const [[code]] = await Promise.all([once(child, 'close'), ...lines]);
  if (code !== 0) throw new CommandError(FAILED, `serverless ${args[0]} failed; it says why above.`);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { FAILED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment/environment.ts';

const PROJECT = join(import.meta.dirname, '..', '..');
/** Where npm ci puts the deployment tool, and the Node that it runs on. */
const TOOLS = join(PROJECT, 'node_modules', '.bin');

/** Runs a tool in the project's folder, its lines among those of this command. */
export type Tool = (
  args: readonly string[],
  environment: Environment,
  terminal: Pick<Terminal, 'cwd' | 'out'>,
) => Promise<void>;

/**
 * The deployment tool.
 *
 * @throws CommandError when it fails, whose reason it has printed
 */
export const runDeployer: Tool = (args, environment, terminal) =>
  run(`serverless ${args[0]}`, join(TOOLS, 'serverless'), args, environment, terminal);

/**
 * `npm run build`, with the stage's SIDs of templates where the environment names a STAGE.
 *
 * @throws CommandError when the rules or the bundles cannot be made, whose reason it has printed
 */
export const runBuild: Tool = (args, environment, terminal) =>
  run('The build', process.execPath, [join(PROJECT, 'build/build.mjs'), ...args], environment, terminal);

async function run(
  what: string,
  program: string,
  args: readonly string[],
  environment: Environment,
  { cwd, out }: Pick<Terminal, 'cwd' | 'out'>,
): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    env: { ...environment, PATH: [TOOLS, environment['PATH']].join(delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines = [child.stdout, child.stderr].map(async (input) => {
    for await (const line of createInterface({ input })) out(line);
  });
  const [[code]] = await Promise.all([once(child, 'close'), ...lines]);
  if (code !== 0) throw new CommandError(FAILED, `${what} failed; it says why above.`);
}

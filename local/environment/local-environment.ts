import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAILED, type Terminal } from '../../cli/command.ts';
import { CommandError } from '../../cli/command-error.ts';
import type { Environment } from '../../cli/environment/environment.ts';
import { parseEnvFile } from '../../cli/environment/parse-env-file.ts';
import { whyNoFile } from '../../cli/why-no-file.ts';
import { tellEnvFile } from './tell-env-file.ts';

const FILE = '.env';

/**
 * The environment of a local command: that of its process, and what a file `.env` has beside it. What was read is said
 * on the error output, by name. Only here: a function in Lambda gets its environment from its deployment.
 *
 * @param used the settings that this command uses
 * @param outer wins, also with an empty value
 * @throws CommandError when there is such a file and it cannot be read
 */
export async function localEnvironment(
  used: readonly string[],
  { cwd, err }: Pick<Terminal, 'cwd' | 'err'>,
  outer: Environment = process.env,
): Promise<Environment> {
  const text = await readIfThere(join(cwd, FILE));
  if (text === undefined) return outer;
  const file = parseEnvFile(text);
  for (const line of tellEnvFile(FILE, file, { used, outer })) err(line);
  const taken = file.variables.filter(({ name }) => used.includes(name));
  return { ...Object.fromEntries(taken.map(({ name, value }) => [name, value])), ...outer };
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') return undefined;
    throw new CommandError(
      FAILED,
      `${FILE} cannot be read: ${whyNoFile(error)}. Expected lines NAME=value, or no such file.`,
      {
        cause: error,
      },
    );
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { looksLikeCredential } from '../../lib/config.ts';
import { suggest } from '../../lib/rules/compile/suggest.ts';
import { SETTINGS } from '../../lib/settings.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { type EnvFile, type EnvVariable, parseEnvFile } from '../environment/parse-env-file.ts';
import { whyNoFile } from '../why-no-file.ts';
import { settingsRefused } from './settings-refused.ts';

/** A stage as it is committed: environment variables, none of them a secret. */
export interface StageFile {
  /** How lines for people name it: `stages/prod.env`. */
  readonly shown: string;
  /** What is empty is not set, and left out. */
  readonly variables: readonly EnvVariable[];
}

/**
 * Reads stages/<stage>.env.
 *
 * @param folder the project's
 * @param allowed the names of settings that a deployment takes
 * @returns undefined where the stage has no file
 * @throws CommandError with everything that is wrong with it, and no value
 */
export async function readStageFile(
  folder: string,
  stage: string,
  allowed: readonly string[],
): Promise<StageFile | undefined> {
  const shown = `stages/${stage}.env`;
  const text = await readIfThere(join(folder, shown), shown);
  if (text === undefined) return undefined;
  const file = parseEnvFile(text);
  const problems = problemsOf(shown, text, file, allowed);
  if (problems.length > 0) {
    throw new CommandError(FAILED, settingsRefused(problems));
  }
  return { shown, variables: file.variables.filter(({ value }) => value.trim() !== '') };
}

async function readIfThere(path: string, shown: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const message = `${shown} cannot be read: ${whyNoFile(error)}. Expected lines NAME=value, or no such file.`;
    throw new CommandError(FAILED, message, { cause: error });
  }
}

function problemsOf(
  shown: string,
  text: string,
  { variables, idle }: EnvFile,
  allowed: readonly string[],
): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return [
    ...variables.flatMap((one) => {
      const problem = problemOf(one, allowed);
      return problem === undefined
        ? []
        : [`${shown}${one.line === undefined ? '' : `:${one.line}`}: ${problem}`];
    }),
    ...idle.map((line) => `${shown}:${line}: ${whyIdle(lines[line - 1] ?? '', line, variables)}`),
  ];
}

function problemOf({ name, value }: EnvVariable, allowed: readonly string[]): string | undefined {
  if (!allowed.includes(name)) return whyNotAllowed(name, allowed);
  if (LONE_QUOTE.test(value)) {
    return `the value of ${name} has a quotation mark at one end, or goes over several lines, so lines below may have been taken for a part of it. Close it, or leave it out.`;
  }
  if (/\$\{/.test(value)) {
    return `${name} refers to something by "\${", and nothing is filled in here. Write the value itself.`;
  }
  // An address may end in letters that nobody can guess; a password in it is refused with all else that is wrong with it.
  if (name !== 'PUBLIC_URL' && looksLikeCredential(value)) {
    return `${name} looks as if it held a credential (value not shown), and this file is committed. Secrets belong in Secrets Manager; a setting only names them.`;
  }
  return undefined;
}

/** Pairs are gone by then. No setting goes over lines, and none begins or ends with such a mark. */
const LONE_QUOTE = /^["'`“]|["'`”]$|\p{Cc}/u;

/** Plain credentials, which only the local world takes, and where each belongs. */
const SECRETS: Readonly<Record<string, string>> = {
  TWILIO_AUTH_TOKEN: 'TWILIO_AUTH_TOKEN_SECRET_ID',
  TWILIO_API_KEY_SID: 'TWILIO_API_KEY_SECRET_ID',
  TWILIO_API_KEY_SECRET: 'TWILIO_API_KEY_SECRET_ID',
};

function whyNotAllowed(name: string, allowed: readonly string[]): string {
  const place = SECRETS[name];
  if (place !== undefined) {
    return `${name} is a credential, and this file is committed. Take it out, and make a new one if it was pushed; store it in Secrets Manager, under the name in ${place} (docs/deploying.md).`;
  }
  if (Object.hasOwn(SETTINGS, name)) {
    return `${name} is not for a stage: the deployment sets it itself, or only the local world takes it. Take the line out.`;
  }
  if (!/^[A-Za-z_]\w{0,63}$/.test(name) || /[A-Za-z0-9]{20}/.test(name)) {
    return 'what stands before "=" is not a name. Expected one such as BOT_MODE.';
  }
  return `${name} is not a setting of a deployment.${suggest(name, allowed) || ' docs/settings.md lists them.'}`;
}

/** A line that changes nothing: of a name that comes again, or of no name at all. */
function whyIdle(line: string, at: number, variables: readonly EnvVariable[]): string {
  const name = line
    .replace(/^\s*(?:export\s+)?/, '')
    .split('=')[0]
    ?.trim();
  const other = variables.find((one) => one.name === name)?.line;
  if (name === undefined || other === undefined) return 'this line says nothing. Expected NAME=value.';
  if (other === at) return `${name} is given twice, here and above. Keep one.`;
  return `${name} is given again in line ${other}. Keep one.`;
}

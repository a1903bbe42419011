import { type Command, DONE, type Group } from '../../cli/command.ts';
import { parley } from '../../cli/parley.ts';
import { run } from './support.ts';

/** The same commands, which do nothing. */
export function harmless<C extends Command | Group>(command: C): C {
  if ('commands' in command) return { ...command, commands: command.commands.map(harmless) };
  return { ...command, run: async () => DONE, subcommands: (command.subcommands ?? []).map(harmless) };
}

/** The words of a command line as a shell gives them. */
export function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

const HARMLESS = harmless(parley);

/** @returns why `line`, which begins with `npx parley`, is not understood; nothing where it is */
export async function misunderstood(line: string): Promise<string | undefined> {
  const [npx, name, ...words] = wordsOf(line);
  if (npx !== 'npx' || name !== 'parley') return `${line} is not a call of parley`;
  const { status, err } = await run(words, '.', HARMLESS);
  return status === DONE ? undefined : `${line}: ${err}`;
}

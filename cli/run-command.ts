import { CommanderError } from 'commander';
import { buildCommand } from './build-command.ts';
import { type Command, DONE, type Group, type Terminal } from './command.ts';
import { CommandError } from './command-error.ts';
import { VERSION } from './version.ts';

/**
 * Reads `args`, the words after the command's name, and runs it; or prints help, the version, or what is wrong.
 *
 * @returns the exit status
 */
export async function runCommand(
  command: Command | Group,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let status = DONE;
  const built = buildCommand(command, terminal, (exit) => {
    status = exit;
  });
  built.version(VERSION, '--version', 'print the version');
  const words = 'commands' in command && args.length === 0 ? ['--help'] : args;
  try {
    await built.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    // The library ends help and version with an error of its own, whose status is 0.
    if (error instanceof CommanderError) return error.exitCode;
    if (!(error instanceof CommandError)) throw error;
    terminal.err(error.message);
    // Whoever reads objects is to find one, whatever became of it.
    if (wantsJson(args)) terminal.out(JSON.stringify({ ended: 'failed', error: error.message }));
    return error.status;
  }
}

/** Read by itself, since the library may not have come so far. Behind `--` no word is an option. */
function wantsJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--json');
}

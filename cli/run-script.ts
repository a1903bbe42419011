import type { Command, Group } from './command.ts';
import { runCommand } from './run-command.ts';

/** Runs a command with the words, the streams and the exit status of this process. */
export async function runScript(command: Command | Group): Promise<void> {
  process.exitCode = await runCommand(command, process.argv.slice(2), {
    cwd: process.cwd(),
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
  });
}

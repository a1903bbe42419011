import { text } from 'node:stream/consumers';
import { styleText } from 'node:util';
import { askHidden, askLine } from './ask.ts';
import { type Command, DONE, type Group, MISUSED } from './command.ts';
import { lostToNpm } from './lost-to-npm.ts';
import { runCommand } from './run-command.ts';

/** Runs a command with the words, the streams and the exit status of this process. */
export async function runScript(command: Command | Group): Promise<void> {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', unlessNobodyReads);
  const lost = lostToNpm(command, process.env);
  if (lost !== undefined) {
    stderr.write(`${lost}\n`);
    process.exitCode = MISUSED;
    return;
  }
  const status = await runCommand(command, process.argv.slice(2), {
    cwd: process.cwd(),
    out: (line) => stdout.write(`${line}\n`),
    err: (line) => stderr.write(`${line}\n`),
    // In a file or a pipe it leaves them out, and where NO_COLOR says so: https://no-color.org
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    cancel: () => {
      const ends = new AbortController();
      process.once('SIGINT', () => ends.abort());
      return ends.signal;
    },
    // What is read from a pipe is nobody's answer; and the question is not a part of what --json prints.
    secret: (question) => (stdin.isTTY ? askHidden(stdin, stderr, question) : text(stdin)),
    ...(stdin.isTTY && { ask: (question) => askLine(stdin, stderr, question) }),
  });
  // All is well, so what listens goes on.
  if (status === DONE) return;
  // A start that failed half-way may have left something open, which would keep the process up.
  for (const stream of [stdout, stderr]) await new Promise((resolve) => stream.write('', resolve));
  process.exit(status);
}

/** `| head -1` goes away after a line. What a command does, and its exit status, are not for its reader to decide. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

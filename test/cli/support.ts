import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command, Group, Terminal } from '../../cli/command.ts';
import { parley } from '../../cli/parley.ts';
import { runCommand } from '../../cli/run-command.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs `parley <args>`, or another command, in this process and as if in `cwd`.
 *
 * @param ask who answers its questions; absent where nobody sits there
 * @param secret what standard input holds
 */
export async function run(
  args: readonly string[],
  cwd = process.cwd(),
  command: Command | Group = parley,
  ask?: Terminal['ask'],
  secret?: string,
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    cwd,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    ...(ask && { ask }),
    ...(secret !== undefined && { secret: async () => secret }),
  };
  const status = await runCommand(command, args, terminal);
  return { status, out: out.join('\n'), err: err.join('\n') };
}

/** A folder with the bot that ships and without its stages: a project that was never deployed. Removed by whoever made it. */
export async function makeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'));
  await symlink(resolve('bot'), join(folder, 'bot'));
  return folder;
}

/** An empty folder that is gone after the test. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

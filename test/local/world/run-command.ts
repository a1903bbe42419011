import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the project's scripts with this very Node and waits for its end. */
export async function run(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Ran> {
  const child = start(script, args, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ]);
  return { code: code as number | null, stdout, stderr };
}

/** Starts a script that stays up. */
export function start(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): ChildProcess {
  return spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...passedOn(), ...env },
  });
}

/** Where its tools are, and where Node keeps what it has compiled (test/support/keep-compiled.ts). */
function passedOn(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }) };
}

/** The first line a script prints, parsed. */
export async function firstLine(child: ChildProcess): Promise<Record<string, string>> {
  let seen = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    seen += chunk.toString('utf8');
    const end = seen.indexOf('\n');
    if (end !== -1) return JSON.parse(seen.slice(0, end)) as Record<string, string>;
  }
  throw new Error(`it ended without a line: ${seen}`);
}

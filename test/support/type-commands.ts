import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program as a shell called it. */
export interface Call {
  readonly program: string;
  readonly words: readonly string[];
  /** What was exported by then. */
  readonly exported: Readonly<Record<string, string>>;
}

/**
 * Types commands into one shell, which really expands and exports; only the programs do nothing but write down how they
 * were called. What is used before it was exported ends the shell.
 * @param programs all that the commands call
 */
export function typeCommands(commands: readonly string[], programs: readonly string[]): readonly Call[] {
  const folder = mkdtempSync(join(tmpdir(), 'parley-typed-'));
  const calls = join(folder, 'calls');
  try {
    writeFileSync(calls, '');
    for (const program of programs) writeFileSync(join(folder, program), NOTE_DOWN, { mode: 0o755 });
    const { status, stderr } = spawnSync('/bin/sh', ['-eu', '-c', commands.join('\n')], {
      env: { PATH: folder, CALLS: calls },
      encoding: 'utf8',
    });
    if (status !== 0 || stderr !== '') throw new Error(`The shell says: ${stderr}`);
    return readCalls(readFileSync(calls, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Its name, how many words follow, these, and its environment, which an empty item ends. */
const NOTE_DOWN = `#!/bin/sh
{ printf '%s\\0' "\${0##*/}" "$#" "$@"; /usr/bin/env -0; printf '\\0'; } >> "$CALLS"
`;

/** What a shell sets by itself. */
const OWN = /^(?:PATH|CALLS|PWD|OLDPWD|SHLVL|_)=/;

function readCalls(written: string): readonly Call[] {
  const calls: Call[] = [];
  const items = written.split('\0');
  for (let at = 0; at + 1 < items.length; ) {
    const first = at + 2;
    const last = first + Number(items[at + 1]);
    const end = items.indexOf('', last);
    const pairs = items.slice(last, end).filter((pair) => !OWN.test(pair));
    calls.push({
      program: items[at] ?? '',
      words: items.slice(first, last),
      exported: Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s))),
    });
    at = end + 1;
  }
  return calls;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** What asks a program to end, or to do something that its author chose. */
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;
/** These a terminal sends to every program on it by itself; a second one would make many end at once. */
const FROM_TERMINAL = ['SIGINT', 'SIGQUIT'] as const;

/** As shells do: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;
const ENDED_BY = 128;

/**
 * Runs a program at this terminal until it ends, and passes on to it the signals that come here.
 *
 * @param err takes one line when it cannot be started
 * @returns its exit status, 128 and the number of the signal that ended it, or what shells say where there is none
 */
export async function runProgram(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  err: (line: string) => void,
): Promise<number> {
  const child = spawn(program, words, { stdio: 'inherit', env });
  const signals = [...PASSED_ON, ...FROM_TERMINAL];
  const isSent = (signal: NodeJS.Signals) =>
    process.stdin.isTTY && FROM_TERMINAL.some((one) => one === signal);
  const passOn = (signal: NodeJS.Signals) => {
    if (!isSent(signal)) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, passOn);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? ENDED_BY + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = error instanceof Error ? error.message : String(error);
    err(isMissing ? `There is no command ${JSON.stringify(program)}.` : `${program} cannot be run: ${why}.`);
    return isMissing ? NOT_FOUND : NOT_EXECUTABLE;
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}

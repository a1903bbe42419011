import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What npm start, say and world share at the terminal. */
export const DEFAULT_PORT = 4000;

/** One clear line on standard error, and exit status 1. */
export function quit(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** Parses the arguments, or quits with what is wrong and the usage. */
export function readArguments<const O extends ParseArgsOptionsConfig>(
  options: O,
  usage: string,
  texts = false,
) {
  try {
    return parseArgs({ options, allowPositionals: texts });
  } catch (error) {
    return quit(`${messageOf(error)}\n${usage}`);
  }
}

/** `--port`, 4000 when it is not given; 0 means any free one. */
export function readPort(given: string | undefined, usage: string): number {
  const port = Number(given ?? DEFAULT_PORT);
  if (/^\d{1,5}$/.test(given ?? '0') && port <= 65_535) return port;
  return quit(`--port is "${given}"; a number from 0 to 65535 is wanted.\n${usage}`);
}

/** Starts something that listens, or quits with what to do about it. */
export async function startOrQuit<T>(port: number, command: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      return quit(
        `Port ${port} is in use. Stop what listens there, or choose another: ${command} -- --port ${port + 1}`,
      );
    }
    return quit(messageOf(error));
  }
}

/** Stays up until Ctrl-C, then stops cleanly. To be called before anything is printed: a script may stop us at once. */
export function stopOnSignal(stop: () => Promise<void>, quiet: boolean): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void stop().then(() => {
        if (!quiet) process.stdout.write('\nStopped.\n');
        process.exit(0);
      });
    });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

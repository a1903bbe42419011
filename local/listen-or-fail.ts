import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';

/** Where something is to listen. */
export interface Where {
  readonly port: number;
  /** @default 127.0.0.1 */
  readonly host?: string;
}

/**
 * Starts something that listens.
 *
 * @param command how its caller was called, for the advice to choose another port
 * @throws CommandError with what to do about it
 */
export async function listenOrFail<T>(where: Where, command: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(FAILED, explain(error, where, command), { cause: error });
  }
}

function explain(error: unknown, { port, host }: Where, command: string): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? error.code : undefined;
  if (code === 'EADDRNOTAVAIL') {
    return `--host is "${host}", which is not an address of this machine: expected one of its own, 0.0.0.0 for all, or nothing.`;
  }
  if (code === 'EACCES')
    return `Port ${port} is not for everybody. Choose one above 1023: ${command} --port 4000`;
  if (code !== 'EADDRINUSE') return error.message;
  return `Port ${port} is in use. Stop what listens there, or choose another: ${command} --port ${port + 1}`;
}

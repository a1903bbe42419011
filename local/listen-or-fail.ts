import { FAILED } from '../cli/command.ts';
import { CommandError } from '../cli/command-error.ts';

/**
 * Starts something that listens.
 *
 * @param command how its caller was called, for the advice to choose another port
 * @throws CommandError with what to do about it
 */
export async function listenOrFail<T>(port: number, command: string, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(FAILED, explain(error, port, command), { cause: error });
  }
}

function explain(error: unknown, port: number, command: string): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error && error.code === 'EADDRINUSE')) return error.message;
  return `Port ${port} is in use. Stop what listens there, or choose another: ${command} --port ${port + 1}`;
}

import type { Log } from '../log.ts';

/** What is needed of a process. */
export type OwnProcess = Pick<NodeJS.Process, 'prependListener' | 'exit'>;

/**
 * An error that nobody awaits ends the process, as it should, but not with its message: Lambda's runtime would log that,
 * and a handler's may hold what a customer wrote. Comes before the runtime's own listeners.
 */
export function keepWordsIn(log: Pick<Log, 'error'>, own: OwnProcess): void {
  const end = () => {
    log.error('an error that nobody awaited ended the process', { code: 'defect' });
    own.exit(1);
  };
  own.prependListener('uncaughtException', end);
  own.prependListener('unhandledRejection', end);
}

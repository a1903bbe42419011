import type { Log } from '../log.ts';
import { createLeftErrors, type LeftErrors, type OwnProcess } from './left-errors.ts';

/**
 * For Lambda: an error that a handler leaves is its own affair (left-errors.ts). Any other that nobody awaits ends the
 * process, as it should, but not with its message: Lambda's runtime would log that, and it may hold what a customer
 * wrote.
 */
export function keepWordsIn(log: Pick<Log, 'error'>, own: OwnProcess): LeftErrors {
  const leftErrors = createLeftErrors();
  leftErrors.hold(own, () => {
    log.error('an error that nobody awaited ended the process', { code: 'defect' });
    own.exit(1);
  });
  return leftErrors;
}

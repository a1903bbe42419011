import type { Log } from '../log.ts';
import { createLeftErrors, type LeftErrors, type OwnProcess } from './left-errors.ts';

/** What of a process prints warnings. */
type Warning = Pick<NodeJS.Process, 'removeAllListeners' | 'on'>;

/** Of the console, what writes nothing by itself. */
const WRITES_NOTHING: readonly string[] = ['Console', 'context', 'createTask'];

/**
 * For Lambda: an error that a handler leaves is its own affair (left-errors.ts). Any other that nobody awaits ends the
 * process, as it should, but not with its message: Lambda's runtime would log that, and it may hold what a customer
 * wrote. So may what is written to the console, and warnings: the log only says that there was something. Whoever writes
 * to `process.stdout` means it. To be called once the runtime has put its own console in place.
 */
export function keepWordsIn(
  log: Pick<Log, 'error' | 'warn'>,
  own: OwnProcess & Warning,
  written: Console,
): LeftErrors {
  const leftErrors = createLeftErrors();
  leftErrors.hold(own, () => {
    log.error('an error that nobody awaited ended the process', { code: 'defect' });
    own.exit(1);
  });
  let isTold = false;
  const keep = () => {
    if (!isTold) log.warn('what a handler writes to the console, or warns of, is not logged');
    isTold = true;
  };
  const writing = Object.entries(written).filter(
    ([name, method]) => typeof method === 'function' && !WRITES_NOTHING.includes(name),
  );
  Object.assign(written, Object.fromEntries(writing.map(([name]) => [name, keep])));
  // Node's own listener prints them.
  own.removeAllListeners('warning');
  own.on('warning', keep);
  return leftErrors;
}

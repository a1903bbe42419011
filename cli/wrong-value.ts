import { MISUSED } from './command.ts';
import { CommandError } from './command-error.ts';

/**
 * A value that a command cannot use: where it was given, what it is, what is expected instead.
 *
 * @param place `--port`, or the name of an operand
 * @param expected completes "expected …"
 */
export function wrongValue(place: string, given: string, expected: string): CommandError {
  return new CommandError(MISUSED, `${place} is ${JSON.stringify(given)}: expected ${expected}.`);
}

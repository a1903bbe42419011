/** What may stand for a value on the command line. */
export interface Value<T> {
  /** How the help names it, without brackets. */
  readonly name: string;
  /** Completes "expected …", such as `a number from 0 to 65535`. */
  readonly expected: string;
  /** @returns undefined when `given` is not what is expected */
  readonly read: (given: string) => T | undefined;
}

/** What a command can be given, and what it is when it is not given. Made by the functions below. */
export interface Option<T> {
  /** One line of the help, which adds the value when nothing is given. */
  readonly about: string;
  readonly initial: T;
  /** None for a switch. */
  readonly value?: Value<unknown>;
  /** May be given again and again. */
  readonly several?: boolean;
  /** They are another command: what follows the first is that command's, options too. */
  readonly wholeLine?: boolean;
  /** For scripts of ours; the help does not show it. */
  readonly hidden?: boolean;
}

/** `--json`: given or not. */
export function flag(about: string): Option<boolean> {
  return { about, initial: false };
}

/** `--port 4000`, or a word at its place. The last one counts when it is given twice. */
export function option<T>(about: string, value: Value<T>): Option<T | undefined>;
export function option<T>(about: string, value: Value<T>, initial: T): Option<T>;
export function option<T>(about: string, value: Value<T>, initial?: T): Option<T | undefined> {
  return { about, value, initial };
}

/** `--media image/jpeg --media image/png`: all of them, in their order. */
export function several<T>(about: string, value: Value<T>): Option<readonly T[]> {
  return { about, value, initial: [], several: true };
}

import { Argument, Option as LibraryOption } from 'commander';
import { flagOf } from './flag-of.ts';
import type { HouseCommand } from './house-command.ts';
import type { Option, Value } from './option.ts';
import { wrongValue } from './wrong-value.ts';

/** A word by its position. */
export function libraryArgument(name: string, operand: Option<unknown>, command: HouseCommand): Argument {
  const { several = false, value } = operand;
  const made = new Argument(several ? `[${name}...]` : `[${name}]`, operand.about);
  if (value !== undefined) {
    // An error is about one of them: conversation is "CH1".
    const read = reader(several ? name.replace(/s$/, '') : name, value, command);
    if (several) made.argParser<readonly unknown[]>((given, before = []) => [...before, read(given)]);
    else made.argParser(read);
  }
  // Several begin with none, which the help need not say.
  return operand.initial === undefined || several ? made : made.default(operand.initial);
}

export function libraryOption(name: string, option: Option<unknown>, command: HouseCommand): LibraryOption {
  const flag = flagOf(name);
  const { value, initial, several = false, hidden = false, about } = option;
  if (value === undefined) return new LibraryOption(flag, about).hideHelp(hidden);
  const read = reader(
    flag,
    { ...value, read: (given) => (isOption(given) ? undefined : value.read(given)) },
    command,
  );
  const made = new LibraryOption(`${flag} <${value.name}>`, about).hideHelp(hidden);
  command.expected.set(made.flags, value.expected);
  if (several) return made.argParser<readonly unknown[]>((given, before = []) => [...before, read(given)]);
  made.argParser(read);
  return initial === undefined ? made : made.default(initial);
}

/** `--state --json` has lost its value: the library would take `--json` for it, and a file of that name be written. */
function isOption(given: string): boolean {
  return given.startsWith('--');
}

/** @param place how the words of an error name it */
function reader(place: string, { read, expected }: Value<unknown>, command: HouseCommand) {
  return (given: string): unknown =>
    read(given) ?? command.misuse(wrongValue(place, given, expected).message);
}

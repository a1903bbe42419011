import { Argument, Option as LibraryOption } from 'commander';
import { type Command, type Group, MISUSED, type Options, type Terminal } from './command.ts';
import { CommandError } from './command-error.ts';
import { HouseCommand } from './house-command.ts';
import { manual } from './manual.ts';
import type { Option, Value } from './option.ts';
import { wrongValue } from './wrong-value.ts';

/**
 * The library's form of a command, with all commands under it.
 *
 * @param finish is given the exit status of the command that ran
 */
export function buildCommand(
  command: Command | Group,
  terminal: Terminal,
  finish: (status: number) => void,
): HouseCommand {
  const built = new HouseCommand(command.name);
  built
    .description(command.summary)
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  if (!('commands' in command)) return fill(built, command, terminal, finish);
  built.helpCommand('help [command]', 'print the help of a command');
  for (const inner of command.commands) built.addCommand(buildCommand(inner, terminal, finish));
  return built;
}

function fill(
  built: HouseCommand,
  command: Command,
  terminal: Terminal,
  finish: (status: number) => void,
): HouseCommand {
  const { options, operands = {}, tooMany = '' } = command;
  built.tooMany = tooMany;
  for (const [name, operand] of Object.entries(operands)) built.addArgument(argument(name, operand, built));
  for (const [name, option] of Object.entries(options)) built.addOption(libraryOption(name, option, built));
  built.addHelpText('after', manual(command));
  built.action(async () => {
    const given: Readonly<Record<string, unknown>> = built.opts();
    const words = Object.keys(operands).map((name, at) => [name, built.processedArgs[at]] as const);
    const values = {
      ...withInitials(options, given),
      ...withInitials(operands, Object.fromEntries(words)),
    };
    finish(await command.run(values, terminal).catch((error) => addWay(built, error)));
  });
  return built;
}

function withInitials(options: Options, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { initial }]) => [name, given[name] ?? initial]),
  );
}

/** Misuse that only the command itself can see ends like any other. */
function addWay(built: HouseCommand, error: unknown): never {
  if (error instanceof CommandError && error.status === MISUSED) built.misuse(error.message);
  throw error;
}

function argument(name: string, operand: Option<unknown>, built: HouseCommand): Argument {
  const made = new Argument(`[${name}]`, operand.about);
  if (operand.value !== undefined) made.argParser(reader(name, operand.value, built));
  return operand.initial === undefined ? made : made.default(operand.initial);
}

function libraryOption(name: string, option: Option<unknown>, built: HouseCommand): LibraryOption {
  const flag = `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const { value, initial, several = false, hidden = false, about } = option;
  if (value === undefined) return new LibraryOption(flag, about).hideHelp(hidden);
  const read = reader(
    flag,
    { ...value, read: (given) => (isOption(given) ? undefined : value.read(given)) },
    built,
  );
  const made = new LibraryOption(`${flag} <${value.name}>`, about).hideHelp(hidden);
  if (several) return made.argParser<readonly unknown[]>((given, before = []) => [...before, read(given)]);
  made.argParser(read);
  return initial === undefined ? made : made.default(initial);
}

/** `--state --json` has lost its value: the library would take `--json` for it, and a file of that name be written. */
function isOption(given: string): boolean {
  return given.startsWith('--');
}

/** @param place how the words of an error name it */
function reader(place: string, { read, expected }: Value<unknown>, built: HouseCommand) {
  return (given: string): unknown => read(given) ?? built.misuse(wrongValue(place, given, expected).message);
}

import { type Command, type Group, MISUSED, type Options, type Terminal } from './command.ts';
import { CommandError } from './command-error.ts';
import { HouseCommand } from './house-command.ts';
import { libraryArgument, libraryOption } from './library-option.ts';
import { manual } from './manual.ts';

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
  const { options, operands = {}, subcommands = [], tooMany = '' } = command;
  built.tooMany = tooMany;
  built.enablePositionalOptions(subcommands.length > 0);
  for (const inner of subcommands) built.addCommand(buildCommand(inner, terminal, finish));
  // Options after the first word of another command are that command's.
  built.passThroughOptions(Object.values(operands).some(({ wholeLine = false }) => wholeLine));
  for (const [name, operand] of Object.entries(operands))
    built.addArgument(libraryArgument(name, operand, built));
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

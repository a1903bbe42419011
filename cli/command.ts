import type { Option } from './option.ts';

/** Where a command reads and writes. Lines come without their newline. */
export interface Terminal {
  readonly cwd: string;
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Colours a part of a line for `out`, where whoever reads it sees colours. */
  readonly paint?: (style: Style, text: string) => string;
  /** Asks whoever sits there and gives the line that they type; absent where nobody does. */
  readonly ask?: (question: string) => Promise<string>;
  /** Reads what nobody may see: typed after `question` without showing it, or all of standard input. */
  readonly secret?: (question: string) => Promise<string>;
  /** From now on Ctrl-C ends what goes on in good order, and only a second one the process. */
  readonly cancel?: () => AbortSignal;
}

export type Style = 'dim' | 'cyan' | 'green' | 'yellow' | 'red';

/** Exit statuses: all is well; there are findings, or it could not be done; the command line was not understood. */
export const DONE = 0;
export const FAILED = 1;
export const MISUSED = 2;

/** Options or operands by name, in the order of the help. `dryRun` is `--dry-run`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What an option gives its command. */
export type OptionValues<O extends Options> = {
  readonly [name in keyof O]: O[name] extends Option<infer T> ? T : never;
};

/** Everything that one command consists of. `--help`, `-h` and `--version` come by themselves. */
export interface CommandOf<O extends Options, A extends Options> {
  /** The word after `parley`; for a script of package.json the whole call, `npm run say --`. */
  readonly name: string;
  /** One sentence, for the list of commands and for the command's own help. */
  readonly summary: string;
  readonly options: O;
  /** Words without a dash, by position. */
  readonly operands?: A;
  /** What helps somebody who gave too many operands. */
  readonly tooMany?: string;
  /** Commands under this one, called by the word after it. Its own options go before that word. */
  readonly subcommands?: readonly Command[];
  /** Whole command lines, and what each is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** When it exits with 0, and when with 1. With 2 each command exits for the same reason. */
  readonly exits: { readonly done: string; readonly failed: string };
  /**
   * Imports what is slow to load itself, so that help is quick.
   *
   * @returns the exit status
   * @throws CommandError to end with one line; with MISUSED the way to the help is added
   */
  readonly run: (values: OptionValues<O> & OptionValues<A>, terminal: Terminal) => Promise<number>;
}

export interface Command extends Omit<CommandOf<Options, Options>, 'run'> {
  readonly run: (values: Readonly<Record<string, unknown>>, terminal: Terminal) => Promise<number>;
}

/** A word that needs another one after it, such as `rules` in `parley rules check`. */
export interface Group {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly (Command | Group)[];
}

/**
 * Makes a command whose `run` gets its options and operands by name, read and typed.
 *
 * @example
 * export const greet = defineCommand({
 *   name: 'greet',
 *   summary: 'Greet somebody.',
 *   options: { loud: flag('in capitals') },
 *   operands: { name: option('who', textOf('name', 'a name'), 'world') },
 *   examples: [['parley greet Ana --loud', 'so that she hears it']],
 *   exits: { done: 'somebody was greeted', failed: 'nobody is there' },
 *   run: async ({ loud, name }, { out }) => {
 *     out(loud ? `HELLO ${name.toUpperCase()}` : `Hello ${name}`);
 *     return DONE;
 *   },
 * });
 */
export function defineCommand<O extends Options, A extends Options = Record<never, never>>(
  command: CommandOf<O, A>,
): Command {
  // run-command.ts makes an entry for each option and operand with what that option itself read.
  return {
    ...command,
    run: (values, terminal) => command.run(values as OptionValues<O> & OptionValues<A>, terminal),
  };
}

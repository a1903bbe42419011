import { Command, type ErrorOptions, type HelpContext } from 'commander';
import { suggest } from '../lib/rules/compile/suggest.ts';
import { MISUSED } from './command.ts';
import { CommandError } from './command-error.ts';

/**
 * The library's command, which says what is wrong in our words: what was found, what is allowed, the nearest right word.
 * https://github.com/tj/commander.js
 */
export class HouseCommand extends Command {
  /** What helps somebody who gave too many operands. */
  tooMany = '';
  /** What may stand behind an option, by its flags as the library names them. */
  readonly expected = new Map<string, string>();

  override error(message: string, { code }: ErrorOptions = {}): never {
    return this.misuse(this.explain(code, message));
  }

  /** @throws CommandError with `line` and the way to the help */
  misuse(line: string): never {
    throw new CommandError(MISUSED, `${line} See ${this.path()} --help.`);
  }

  /** Asked for help on a command that there is not, or given no command at all, it is not helpful to go on. */
  override helpInformation(context?: HelpContext): string {
    if (this.commands.length > 0) {
      const word = this.args[0] === 'help' ? this.args[1] : this.args[0];
      if (word !== undefined && !word.startsWith('-') && !this.names().includes(word)) {
        this.misuse(this.explain('commander.unknownCommand', `'${word}'`));
      }
      if (context?.error === true) this.misuse(`Expected a command: ${this.names().join(', ')}.`);
    }
    return super.helpInformation(context);
  }

  /** Its sub-commands. */
  private names(): readonly string[] {
    return this.commands.map((command) => command.name());
  }

  private path(): string {
    return this.parent instanceof HouseCommand ? `${this.parent.path()} ${this.name()}` : this.name();
  }

  private explain(code: string | undefined, message: string): string {
    const [, named = ''] = /'(.*)'/s.exec(message) ?? [];
    switch (code) {
      case 'commander.unknownOption':
        return this.unknown(named);
      case 'commander.unknownCommand':
        return this.noCommand(named);
      case 'commander.optionMissingArgument':
        return `${named.split(' ')[0]} has no value: expected ${this.expected.get(named)}.`;
      case 'commander.excessArguments':
        return this.excess();
      default:
        return message;
    }
  }

  /** `parley check` may well be meant for `parley rules check`. */
  private noCommand(word: string): string {
    const around = this.commands.filter(({ commands }) => commands.some((inner) => inner.name() === word));
    const meant =
      around.length === 0
        ? nearest(word, this.names(), 'Commands')
        : ` Did you mean ${around.map((outer) => `"${outer.name()} ${word}"`).join(' or ')}?`;
    return `There is no command ${JSON.stringify(word)}.${meant}`;
  }

  private excess(): string {
    const given = this.args.map((word) => JSON.stringify(word)).join(', ');
    const most = this.registeredArguments.length;
    const [word = ''] = this.args;
    if (most === 0 && this.names().length > 0) {
      return this.noCommand(word);
    }
    if (most === 0) return `Expected only options here, not ${given}.`;
    const expected = most === 1 ? '1 word' : `${most} words`;
    return `Expected at most ${expected}, not ${this.args.length}: ${given}.${this.tooMany && ` ${this.tooMany}`}`;
  }

  /** @param given as it was written, which may have its value in it: `--prot=4000` */
  private unknown(given: string): string {
    const options = this.createHelp()
      .visibleOptions(this)
      .map(({ long }) => long ?? '');
    const [name = ''] = given.split('=');
    if (this.commands.some((command) => command.options.some(({ long }) => long === name))) {
      return `Expected a command before ${name}: ${this.names().join(', ')}.`;
    }
    if (options.includes(name)) return `${name} takes no value.`;
    if (this.registeredArguments.length > 0 && TEXT.test(given)) {
      return `${JSON.stringify(given)} begins with a dash, as options do: put -- before it if it is none.`;
    }
    return `There is no option ${JSON.stringify(name)}.${nearest(name, options, 'Options')}`;
  }
}

/** No option looks so: `-20 % ?` */
const TEXT = /^-\d|\s/;

/** The right word that `given` may be a slip of, else all of them. */
function nearest(given: string, allowed: readonly string[], title: string): string {
  return suggest(given, allowed) || ` ${title}: ${allowed.join(', ')}.`;
}

import { suggest } from '../lib/rules/compile/suggest.ts';
import { type Command, DONE, MISUSED, type Terminal } from './command.ts';
import { rules } from './commands/rules.ts';

const COMMANDS: readonly Command[] = [rules];

/** Finds the command that `args` name and runs it. @returns the exit status */
export async function runParley(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || isHelp(name)) {
    terminal.out(overview());
    return DONE;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = COMMANDS.map((candidate) => candidate.name);
    terminal.err(
      `parley: there is no command "${name}". Commands: ${names.join(', ')}.${suggest(name, names)} See parley --help.`,
    );
    return MISUSED;
  }
  if (rest.some(isHelp)) {
    terminal.out(command.help);
    return DONE;
  }
  return command.run(rest, terminal);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h' || word === 'help';
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'parley: a reply bot for Twilio Conversations',
    '',
    'Usage: parley <command> [options]',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'parley <command> --help tells more.',
  ].join('\n');
}

import type { Command, Group } from '../../cli/command.ts';
import { parley } from '../../cli/parley.ts';

/** The command that these words call, such as `['secrets', 'check', '--stage', 'dev']`; undefined when there is none. */
export function findCommand(words: readonly string[]): Command | undefined {
  let at: Command | Group | undefined = parley;
  for (const word of words) {
    if (word.startsWith('--')) break;
    const below: readonly (Command | Group)[] = 'commands' in at ? at.commands : (at.subcommands ?? []);
    at = below.find(({ name }) => name === word);
    if (at === undefined) return undefined;
  }
  return 'run' in at ? at : undefined;
}

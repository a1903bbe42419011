import type { Command, Group } from './command.ts';
import { flagOf } from './flag-of.ts';

/**
 * The options that npm took for its own, because no `--` stood before them: `npm start --port 4100` gives its script
 * `4100` and no more, and a variable for each. https://docs.npmjs.com/cli/using-npm/config#environment-variables
 *
 * @returns one line for people; undefined when none was lost
 */
export function lostToNpm(
  command: Command | Group,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!('options' in command) || !command.name.startsWith('npm ')) return undefined;
  const shown = Object.keys(command.options).filter((name) => command.options[name]?.hidden !== true);
  const lost = shown.filter((name) => environment[`npm_config_${name}`]);
  const [first] = lost;
  if (first === undefined) return undefined;
  const { value } = command.options[first] ?? {};
  const example = `${flagOf(first)}${value === undefined ? '' : ` <${value.name}>`}`;
  return `npm took ${lost.map(flagOf).join(', ')} for an option of its own. Write ours after --, as in ${command.name} ${example}`;
}

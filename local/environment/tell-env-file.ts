import type { Environment } from '../../cli/environment/environment.ts';
import type { EnvFile, EnvVariable } from '../../cli/environment/parse-env-file.ts';
import { suggest } from '../../lib/rules/compile/suggest.ts';
import { SETTINGS } from '../../lib/settings.ts';

/**
 * What to know of a file of settings: names and places, never a value.
 *
 * @param shown how the lines name the file
 */
export function tellEnvFile(
  shown: string,
  { variables, idle }: EnvFile,
  { used, outer }: { readonly used: readonly string[]; readonly outer: Environment },
): readonly string[] {
  const settings = variables.filter(({ name }) => Object.hasOwn(SETTINGS, name));
  const here = settings.filter(({ name }) => used.includes(name));
  const beaten = here.filter(({ name }) => outer[name] !== undefined);
  const read = here.filter(({ name }) => outer[name] === undefined);
  const elsewhere = settings.filter(({ name }) => !used.includes(name));
  return [
    ...about(read, (names) => `${shown}: read ${names}.`),
    ...about(beaten, (names, is) => `${shown}: ${names} ${is} set in the environment too, which wins.`),
    ...about(elsewhere, (names, is) => `${shown}: ${names} ${is} not used here.`),
    ...variables.filter((one) => !settings.includes(one)).map((one) => tellUnknown(shown, one)),
    ...idle.map(
      (line) => `${shown}:${line}: this line changes nothing. Expected NAME=value, and each name once.`,
    ),
  ];
}

function about(
  some: readonly EnvVariable[],
  say: (names: string, is: 'is' | 'are') => string,
): readonly string[] {
  const names = some.map(({ name }) => name);
  const last = names.pop();
  if (last === undefined) return [];
  return [names.length === 0 ? say(last, 'is') : say(`${names.join(', ')} and ${last}`, 'are')];
}

function tellUnknown(shown: string, { name, line }: EnvVariable): string {
  const place = line === undefined ? shown : `${shown}:${line}`;
  if (!isName(name)) return `${place}: what stands before "=" is not a name. Expected one such as BOT_MODE.`;
  const meant = suggest(name, Object.keys(SETTINGS)) || ' docs/settings.md lists them.';
  return `${place}: ${name} is not a setting, and was not read.${meant}`;
}

/** A secret of several lines that stands in no quotes looks like a name where a line of it ends in `=`. */
function isName(name: string): boolean {
  return /^[A-Za-z_]\w{0,63}$/.test(name) && !/[A-Za-z0-9]{20}/.test(name);
}

import { SETTINGS, type Setting } from '../../lib/settings.ts';
import type { Deployed } from './deployed.ts';
import { showValue } from './stage-settings.ts';
import { functionsOf, type Template } from './template.ts';

/** What the bot goes by, by name; what only CloudFormation knows is MADE. */
export type Settings = Readonly<Record<string, string>>;

/** In the place of a queue's, a table's or an API's own address. */
const MADE = 'made by the stack';

/** Every setting of a template; one that nothing sets has its default. @param names that a deployment takes */
export function settingsOf(template: Template, names: readonly string[]): Settings {
  const ofFunctions = Object.values(functionsOf(template)).flatMap(({ environment }) =>
    Object.entries(environment).map(
      ([name, value]) => [name, typeof value === 'string' ? value : MADE] as const,
    ),
  );
  return effective({ ...givenTo(template), ...Object.fromEntries(ofFunctions) }, names);
}

/** The same of what runs now, as it is and not as it was deployed: somebody may have changed it by hand. */
export function deployedSettings({ template, environments }: Deployed, names: readonly string[]): Settings {
  const asDeployed = settingsOf(template, names);
  const asIs = Object.entries(Object.assign({}, ...Object.values(environments)) as Settings);
  return effective(
    { ...asDeployed, ...Object.fromEntries(asIs.filter(([name]) => asDeployed[name] !== MADE)) },
    names,
  );
}

/** What was set when it was packaged. */
export function givenTo(template: Template): Settings {
  return template.Metadata?.parley?.settings ?? {};
}

function effective(values: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(names.map((name) => [name, values[name]?.trim() || defaultOf(name)]));
}

function defaultOf(name: string): string {
  const settings: Readonly<Record<string, Setting>> = SETTINGS;
  return settings[name]?.default ?? '';
}

/** In quotes, where it is a value. */
export function showSetting(value: string): string {
  if (value === '') return '(not set)';
  return value === MADE ? `(${MADE})` : showValue(value);
}

import { DEPLOY_SETTINGS } from '../../build/deploy-settings.ts';
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
  return effective({ ...Object.fromEntries(ofFunctions), ...givenTo(template) }, names);
}

/** The same of what runs now, as it is and not as it was deployed: somebody may have changed it by hand. */
export function deployedSettings({ template, environments }: Deployed, names: readonly string[]): Settings {
  const asDeployed = settingsOf(template, names);
  const all = Object.values(environments).flatMap((environment) => Object.entries(environment));
  // Where functions disagree, that one counts which is not as it was deployed.
  const byHand = all.filter(
    ([name, value]) => asDeployed[name] !== MADE && asDeployed[name] !== (value.trim() || defaultOf(name)),
  );
  return effective({ ...asDeployed, ...Object.fromEntries(byHand) }, names);
}

/** What was set when it was packaged. */
export function givenTo(template: Template): Settings {
  return template.Metadata?.parley?.settings ?? {};
}

function effective(values: Settings, names: readonly string[]): Settings {
  return Object.fromEntries(names.map((name) => [name, values[name]?.trim() || defaultOf(name)]));
}

function defaultOf(name: string): string {
  const settings: Readonly<Record<string, Setting>> = { ...SETTINGS, ...DEPLOY_SETTINGS };
  return settings[name]?.default ?? '';
}

/** In quotes, where it is a value. */
export function showSetting(value: string): string {
  if (value === '') return '(not set)';
  return value === MADE ? `(${MADE})` : showValue(value);
}

import type { Terminal } from '../command.ts';
import type { OpenedSettings } from './open-settings.ts';
import type { Planned } from './preflight/finding.ts';
import { rulesDifference } from './rules-difference.ts';
import { settingsDifference, showChange } from './settings-difference.ts';
import { deployedSettings, givenTo, showSetting } from './settings-of.ts';

/**
 * Says what the deployment changes.
 *
 * @returns what somebody has to agree to before, in one sentence; undefined where it says all that there is
 */
export function tellChanges(
  { stage, stackName, template, settings, deployed }: Planned,
  { names, hasFile }: Pick<OpenedSettings, 'names' | 'hasFile'>,
  { out }: Pick<Terminal, 'out'>,
): string | undefined {
  const given = givenTo(template);
  if (!hasFile) {
    out(`There is no stages/${stage}.env, so ${stackName} gets what the environment has, and defaults:`);
    for (const name of names) {
      if (settings[name] === '') continue;
      out(`  ${name} ${showSetting(settings[name] ?? '')}${given[name] === undefined ? ' (default)' : ''}`);
    }
  }
  const changes =
    deployed === undefined ? [] : settingsDifference(deployedSettings(deployed, names), settings, given);
  const rules = rulesChanges(deployed?.template.Metadata?.parley?.rules, template.Metadata?.parley?.rules);
  if (deployed === undefined) out(`${stackName} is new.`);
  else if (changes.length + rules.length === 0) out(`${stackName} keeps its settings and rules.`);
  else out(`What changes for ${stackName}:`);
  for (const line of [...changes.map(showChange), ...rules]) out(`  ${line}`);
  if (!hasFile) return 'These are the settings of the bot.';
  const fallen = changes.filter(({ isDefault }) => isDefault).map(({ name }) => name);
  if (fallen.length === 0) return undefined;
  return `${fallen.join(', ')} ${fallen.length === 1 ? 'is' : 'are'} no longer set, and ${fallen.length === 1 ? 'falls' : 'fall'} back to the default.`;
}

type Rules = Readonly<Record<string, string>>;

/** Nothing where the version before did not say what its rules were. */
function rulesChanges(before: Rules | undefined, after: Rules = {}): readonly string[] {
  return before === undefined ? [] : rulesDifference(before, after);
}

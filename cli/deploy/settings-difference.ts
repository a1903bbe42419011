import { type Settings, showSetting } from './settings-of.ts';

/** One setting that another deployment would change. */
export interface SettingChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Nothing sets it any more, and so it takes its default. */
  readonly isDefault: boolean;
}

/**
 * What would change for the bot. A setting that is set to its own default is the same as one that is not set.
 *
 * @param given the settings that the new deployment sets
 */
export function settingsDifference(
  before: Settings,
  after: Settings,
  given: Settings,
): readonly SettingChange[] {
  const names = Object.keys(after).filter((name) => after[name] !== before[name]);
  return names.map((name) => ({
    name,
    before: before[name] ?? '',
    after: after[name] ?? '',
    isDefault: given[name] === undefined,
  }));
}

/** `BOT_MODE "dry-run" → "live" (default)` */
export function showChange({ name, before, after, isDefault }: SettingChange): string {
  return `${name} ${showSetting(before)} → ${showSetting(after)}${isDefault ? ' (default)' : ''}`;
}

import { looksLikeCredential } from '../../lib/config.ts';
import type { Environment } from '../environment/environment.ts';
import type { StageFile } from './read-stage-file.ts';

/** What a stage is deployed with. */
export interface StageSettings {
  /** Every setting that is set, in the file or in the environment, which wins. */
  readonly given: Readonly<Record<string, string>>;
  /** Where the file has each, as `stages/prod.env:3`; of one that the environment gives, nothing. */
  readonly places: Readonly<Record<string, string>>;
  /** Which of the file's the environment takes the place of, in lines for people. */
  readonly overridden: readonly string[];
}

/**
 * @param file undefined where the stage has none
 * @param allowed the names of settings that a deployment takes
 */
export function stageSettings(
  file: StageFile | undefined,
  environment: Environment,
  allowed: readonly string[],
): StageSettings {
  const outer = allowed.flatMap((name) => {
    const value = environment[name] ?? '';
    return value.trim() === '' ? [] : [[name, value] as const];
  });
  const ofEnvironment = new Map(outer);
  const { shown = '', variables = [] } = file ?? {};
  const kept = variables.filter(({ name }) => !ofEnvironment.has(name));
  const overridden = variables.flatMap(({ name, value }) => {
    const winner = ofEnvironment.get(name);
    return winner === undefined || winner === value
      ? []
      : [`${name}: ${showValue(winner)} of the environment wins over ${showValue(value)} of ${shown}.`];
  });
  return {
    given: Object.fromEntries([...variables.map(({ name, value }) => [name, value] as const), ...outer]),
    places: Object.fromEntries(
      kept.map(({ name, line }) => [name, line === undefined ? shown : `${shown}:${line}`]),
    ),
    overridden,
  };
}

/** In quotes, and only where it cannot be a credential that somebody put into the wrong variable. */
export function showValue(value: string): string {
  return looksLikeCredential(value) ? '(not shown)' : JSON.stringify(value);
}

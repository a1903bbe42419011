import { deployNames, REGION } from '../../build/deploy-names.ts';
import { MISUSED, type Terminal } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment/environment.ts';
import { LOCAL_STAGE } from '../stage/stage-options.ts';
import type { StageAccess } from './deploy-options.ts';
import { readStageFile } from './read-stage-file.ts';
import { stageSettings } from './stage-settings.ts';

/** What is known of a deployment before anything is asked of AWS. */
export interface OpenedSettings {
  /** The names of all settings of a stack. */
  readonly names: readonly string[];
  /** Those that are set. */
  readonly given: Readonly<Record<string, string>>;
  /** `stages/prod.env:3` of those that the file sets. */
  readonly places: Readonly<Record<string, string>>;
  /** Where settings are to be set: the stage's file, or the environment where it has none. */
  readonly place: string;
  readonly hasFile: boolean;
  readonly region: string;
  /** For the deployment tool, without settings that are empty. */
  readonly environment: Environment;
}

/**
 * Reads the stage's file and the environment, and says what the environment overrides.
 *
 * @throws CommandError with everything that is wrong with the file
 */
export async function openSettings(
  { stage, region, profile }: StageAccess,
  environment: Environment,
  { cwd, out }: Pick<Terminal, 'cwd' | 'out'>,
): Promise<OpenedSettings> {
  if (stage === LOCAL_STAGE) {
    throw new CommandError(
      MISUSED,
      `The stage ${LOCAL_STAGE} is the world of npm start. Choose another name.`,
    );
  }
  const allowed = deployNames(cwd);
  const file = await readStageFile(cwd, stage, allowed);
  const { given, places, overridden } = stageSettings(file, environment, allowed);
  for (const line of overridden) out(line);
  const others = Object.entries(environment).filter(([name]) => !allowed.includes(name));
  const inRegion = region ?? given[REGION] ?? DEFAULT_REGION;
  return {
    names: allowed.filter((name) => name !== REGION),
    given,
    places,
    place: file?.shown ?? 'the environment',
    hasFile: file !== undefined,
    region: inRegion,
    environment: {
      ...Object.fromEntries(others),
      ...given,
      [REGION]: inRegion,
      ...(profile !== undefined && { AWS_PROFILE: profile }),
    },
  };
}

/** As in serverless.yml. */
const DEFAULT_REGION = 'us-east-1';

import { stageOptions } from '../stage/stage-options.ts';

/** What the commands take that package or deploy a stage. */
export const deployOptions = {
  stage: { ...stageOptions.stage, about: 'which stage, with its settings in stages/<name>.env' },
  region: stageOptions.region,
};

/** Where a stage is, and as whom to go there. */
export interface StageAccess {
  readonly stage: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

import { MISUSED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { withReadableItems } from './check-item.ts';
import { explainError } from './explain-error.ts';
import type { Stage } from './stage.ts';
import { LOCAL_PORT, LOCAL_STAGE, type StageValues } from './stage-options.ts';

/**
 * Opens the stage that the options name, for `use`, and closes it.
 *
 * @throws CommandError when there is no such stage, or nobody may look at it
 */
export async function withStage<T>(values: StageValues, use: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage(values);
  try {
    return await use({ ...stage, table: withReadableItems(stage.table) });
  } catch (error) {
    throw explainError(error);
  } finally {
    await stage.close();
  }
}

/** Imports only what the stage needs: AWS's clients take their time. */
async function openStage(values: StageValues): Promise<Stage> {
  const { stage, port, region, profile } = values;
  if (stage === LOCAL_STAGE) {
    if ((region ?? profile) !== undefined)
      throw new CommandError(
        MISUSED,
        `--region and --profile are of AWS, and --stage ${LOCAL_STAGE} is not there.`,
      );
    const { openWorldStage } = await import('./world-stage.ts');
    return openWorldStage(port ?? LOCAL_PORT);
  }
  if (port !== undefined)
    throw new CommandError(MISUSED, `--port goes with --stage ${LOCAL_STAGE}: ${stage} is in AWS.`);
  const { openAwsStage } = await import('./aws/open-aws-stage.ts');
  return openAwsStage(values);
}

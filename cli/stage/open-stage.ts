import { BotError } from '../../lib/errors.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { withReadableItems } from './check-item.ts';
import type { Stage } from './stage.ts';
import type { StageValues } from './stage-options.ts';

/** The stage that is the world of `npm start`. */
export const LOCAL_STAGE = 'local';

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
    throw explained(error);
  } finally {
    await stage.close();
  }
}

/** Imports only what the stage needs: AWS's clients take their time. */
async function openStage(values: StageValues): Promise<Stage> {
  if (values.stage === LOCAL_STAGE) {
    const { openWorldStage } = await import('./world-stage.ts');
    return openWorldStage(values.port);
  }
  const { openAwsStage } = await import('./aws/open-aws-stage.ts');
  return openAwsStage(values);
}

/** What Twilio or the table says is for people: a line, and no stack. Neither kind of error holds a secret. */
function explained(error: unknown): unknown {
  if (error instanceof BotError) return new CommandError(FAILED, error.message, { cause: error });
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-smithy-types/
  if (error instanceof Error && '$metadata' in error)
    return new CommandError(FAILED, `AWS refused it (${error.name}): ${error.message}`, { cause: error });
  return error;
}

import { AwsError } from '../../lib/aws/aws-error.ts';
import { BotError } from '../../lib/errors.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';

/** What the network's errors are called, as far as AwsError keeps it. */
const UNREACHABLE = ['Error', 'TimeoutError'];

/**
 * What Twilio, AWS or the table says is for people: a line, and no stack. Neither kind of error holds a secret.
 *
 * @returns the error itself where it is a defect
 */
export function explainError(error: unknown): unknown {
  if (error instanceof AwsError && UNREACHABLE.includes(error.reason))
    return new CommandError(FAILED, `${error.message} AWS cannot be reached from here.`, { cause: error });
  if (error instanceof BotError) return new CommandError(FAILED, error.message, { cause: error });
  // https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/Package/-smithy-types/
  if (error instanceof Error && '$metadata' in error) {
    const { httpStatusCode } = Object(error.$metadata) as { readonly httpStatusCode?: number };
    const what = httpStatusCode === undefined ? 'AWS cannot be reached from here' : 'AWS refused it';
    return new CommandError(FAILED, `${what} (${error.name}): ${error.message}`, { cause: error });
  }
  return error;
}

import { BotError } from '../errors.ts';

/**
 * An AWS service did not do what was asked, after the SDK's own retries. It may have acted all the same: an answer
 * can be lost. The SDK's error is not kept, because it can hold the request.
 */
export class AwsError extends BotError {
  override readonly name = 'AwsError' as const;
  readonly code = 'aws_failed' as const;
  override readonly retryable = true;
  override readonly outcomeKnown = false;
  /** The SDK's name for it, such as `ThrottlingException` or `TimeoutError`. */
  readonly reason: string;

  /** @param operation Such as `SQS SendMessage`. */
  constructor(operation: string, error: unknown) {
    const reason = errorName(error);
    super(`${operation} failed: ${reason}.`);
    this.reason = reason;
  }
}

/** The name an AWS error goes by; nothing of its message, which can quote the request. */
export function errorName(error: unknown): string {
  return error instanceof Error && /^[\w.]{1,80}$/.test(error.name) ? error.name : 'unknown';
}

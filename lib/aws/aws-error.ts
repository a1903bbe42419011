import { BotError } from '../errors.ts';

/**
 * An AWS service did not do what was asked, after every attempt. It may have acted all the same: an answer can be
 * lost. The error it is made from is not kept, because it can hold the request.
 */
export class AwsError extends BotError {
  override readonly name = 'AwsError' as const;
  readonly code = 'aws_failed' as const;
  override readonly retryable = true;
  override readonly outcomeKnown = false;
  /** AWS's name for it, such as `ThrottlingException` or `TimeoutError`. */
  readonly reason: string;
  /** How many requests were made of it. */
  readonly attempts: number;

  /** @param operation Such as `SQS SendMessage`. */
  constructor(operation: string, error: unknown, attempts = 1) {
    const reason = errorName(error);
    const advice = ADVICE[reason];
    super(`${operation} failed: ${reason}.${advice === undefined ? '' : ` ${advice}`}`);
    this.reason = reason;
    this.attempts = attempts;
  }
}

/** For what AWS was never asked. */
const ADVICE: Readonly<Record<string, string>> = {
  CredentialsProviderError: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, as Lambda does for its role.',
  RegionMissing: 'Set AWS_REGION, as Lambda does.',
};

/** The name an AWS error goes by; nothing of its message, which can quote the request. */
export function errorName(error: unknown): string {
  return error instanceof Error && /^[\w.]{1,80}$/.test(error.name) ? error.name : 'unknown';
}

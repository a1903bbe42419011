import { BotError } from './errors.ts';

/**
 * Not now: hand the message back to the queue and look again after `delayMs`, or after the usual backoff when that
 * is undefined. Nothing is wrong with the message.
 */
export class RetryError extends BotError {
  override readonly name = 'RetryError' as const;
  readonly code = 'retry' as const;
  override readonly retryable = true;
  readonly delayMs: number | undefined;
  readonly reason: string;

  constructor(reason: string, delayMs?: number, options?: ErrorOptions) {
    super(
      `Not finished yet (${reason}); due again ${delayMs === undefined ? 'later' : `in ${delayMs} ms`}.`,
      options,
    );
    this.reason = reason;
    this.delayMs = delayMs;
  }
}

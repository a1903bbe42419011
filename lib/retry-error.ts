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
  /** It waits for a message of its own conversation, which may stand behind it in the queue: let that one pass. */
  readonly behind: boolean;

  constructor(reason: string, delayMs?: number, options?: ErrorOptions & { readonly behind?: boolean }) {
    super(
      `Not finished yet (${reason}); due again ${delayMs === undefined ? 'later' : `in ${delayMs} ms`}.`,
      options,
    );
    this.reason = reason;
    this.delayMs = delayMs;
    this.behind = options?.behind === true;
  }
}

import { BotError } from './errors.ts';
import type { Random } from './ports.ts';

/**
 * Not now: hand the message back to the queue and look again after `delayMs`, or after the usual backoff when that
 * is undefined. Nothing is wrong with the message.
 */
export class Retry extends BotError {
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

const BASE_MS = 5_000;
const CAP_MS = 15 * 60_000;

/** Full jitter: after `receiveCount` deliveries, somewhere between zero and 5 s doubled each time, at most 15 min. */
export function backoff(receiveCount: number, random: Random): number {
  return Math.round(random() * Math.min(CAP_MS, BASE_MS * 2 ** (receiveCount - 1)));
}

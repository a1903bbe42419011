import { BotError } from '../errors.ts';

/** The envelope is longer than SQS takes. */
export class EnvelopeTooLargeError extends BotError {
  override readonly name = 'EnvelopeTooLargeError' as const;
  readonly code = 'envelope_too_large' as const;

  /** @param allowed both in bytes */
  constructor(length: number, allowed: number) {
    super(`The event takes ${length} bytes on the queue; at most ${allowed} are allowed.`);
  }
}

/** Somebody else than this version of `sealEnvelope` wrote to the queue. */
export class EnvelopeInvalidError extends BotError {
  override readonly name = 'EnvelopeInvalidError' as const;
  readonly code = 'envelope_invalid' as const;
}

/** A newer deployment sealed it. Leave it on the queue: that deployment, or the one after a rollback, reads it. */
export class EnvelopeNewerError extends BotError {
  override readonly name = 'EnvelopeNewerError' as const;
  readonly code = 'envelope_newer' as const;
  override readonly retryable = true;

  /** @param readable the newest version that this deployment reads */
  constructor(version: number, readable: number) {
    super(
      `A newer version of parley wrote this envelope (v ${version}; this one reads v ${readable}). ` +
        'Deploy that version of reply again; the message waits on the queue until then.',
    );
  }
}

import { BotError } from '../../lib/errors.ts';

/** A step of a talk cannot happen where it stands. */
export class StageError extends BotError {
  override readonly name = 'StageError' as const;
  readonly code = 'cannot_happen' as const;
}

import { BotError } from '../lib/errors.ts';

/** A saved state that this service did not write, or that was changed since. */
export class StateFileError extends BotError {
  override readonly name = 'StateFileError' as const;
  readonly code = 'state_unreadable' as const;
}

import { BotError } from '../errors.ts';

/** A conversation's Attributes hold something beside which nothing can stand, and that is somebody else's. */
export class HandoverUnwritableError extends BotError {
  override readonly name = 'HandoverUnwritableError' as const;
  readonly code = 'handover_unwritable' as const;

  constructor() {
    super(
      'The Attributes of the conversation are not a JSON object, and would be lost, so it was not given back. Make them an object with {"parley":{"handover":"off"}} beside what they hold.',
    );
  }
}

import { BotError } from '../errors.ts';

/** A handler answers with more messages than one call may. */
export class TooManyMessagesError extends BotError {
  override readonly name = 'TooManyMessagesError' as const;
  readonly code = 'too_many_messages' as const;

  constructor(count: number, most: number) {
    super(`It says this in ${count} messages; at most ${most} are allowed. Say it in fewer, or send a link.`);
  }
}

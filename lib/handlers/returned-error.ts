import { BotError } from '../errors.ts';

/** What a handler returned cannot be done. Names what is in the rules file, and nothing that was returned. */
export class ReturnedError extends BotError {
  override readonly name = 'ReturnedError' as const;
  readonly code = 'handler_returned' as const;

  /** @param what a sentence without its end */
  constructor(what: string) {
    super(`This cannot be done: ${what}.`);
  }
}

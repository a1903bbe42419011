import { BotError } from '../errors.ts';

/** A rule tags an event that is not a message. */
export class NothingToTagError extends BotError {
  override readonly name = 'NothingToTagError' as const;
  readonly code = 'nothing_to_tag' as const;

  constructor(eventType: string) {
    super(
      `${eventType} is not a message, so it has no Attributes to tag; tag in rules that answer messages.`,
    );
  }
}

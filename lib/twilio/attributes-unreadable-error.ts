import { BotError } from '../errors.ts';

/** A message's Attributes hold something that cannot be merged with, and that is somebody else's. Nothing was written. */
export class AttributesUnreadableError extends BotError {
  override readonly name = 'AttributesUnreadableError' as const;
  readonly code = 'attributes_unreadable' as const;

  constructor() {
    super('The Attributes of the message are not a JSON object, so nothing can be merged into them.');
  }
}

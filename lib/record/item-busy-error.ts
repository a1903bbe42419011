import { BotError } from '../errors.ts';

/** Somebody else wrote an item each time that it was to be changed. Nothing was changed. */
export class ItemBusyError extends BotError {
  override readonly name = 'ItemBusyError' as const;
  readonly code = 'item_busy' as const;
  override readonly retryable = true;

  constructor(pk: string, sk: string, tries: number) {
    super(
      `The item ${pk} ${sk} was written by others ${tries} times while it was to be changed. Do it again: they are at work on it.`,
    );
  }
}

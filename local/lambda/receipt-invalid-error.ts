import { BotError } from '../../lib/errors.ts';

/** The message was deleted, or is not in flight any more: somebody else may have it. */
export class ReceiptInvalidError extends BotError {
  override readonly name = 'ReceiptInvalidError' as const;
  readonly code = 'receipt_invalid' as const;
}

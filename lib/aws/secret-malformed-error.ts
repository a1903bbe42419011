import { BotError } from '../errors.ts';

/** The secret does not hold what it should. What it holds is never shown. */
export class SecretMalformedError extends BotError {
  override readonly name = 'SecretMalformedError' as const;
  readonly code = 'secret_malformed' as const;
  override readonly retryable = true;
}

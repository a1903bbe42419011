import { BotError } from '../errors.ts';
import { errorName } from './aws-error.ts';

/** No good value, now or from before. Messages wait until somebody fixes the secret. */
export class SecretUnavailableError extends BotError {
  override readonly name = 'SecretUnavailableError' as const;
  readonly code = 'secret_unavailable' as const;
  override readonly retryable = true;

  constructor(id: string, error: unknown) {
    const cause = error instanceof BotError ? error.message : errorName(error);
    super(`The secret ${id} cannot be read: ${cause}`);
  }
}

import { NotFoundError, TwilioError } from '../twilio/twilio-errors.ts';

/** 401, 403, 404: the key may not ask, or there is nothing to ask. Asking again soon would change nothing. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof NotFoundError || (error instanceof TwilioError && [401, 403].includes(error.status))
  );
}

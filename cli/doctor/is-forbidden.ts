import { TwilioError } from '../../lib/twilio/twilio-errors.ts';

/** Twilio says that whoever asks may not: a key it does not know, or a restricted one without this right. */
export function isForbidden(error: unknown): error is TwilioError {
  return error instanceof TwilioError && (error.status === 401 || error.status === 403);
}

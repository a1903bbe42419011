import { errorCode } from '../error-code.ts';
import { BotError } from '../errors.ts';
import { RetryError } from '../retry-error.ts';

/** The reason with which an event is set aside: an error's code, with Twilio's number where a send was refused. */
export function failureReason(error: unknown): string {
  if (!(error instanceof RetryError)) return errorCode(error);
  return error.cause instanceof BotError ? codeWithNumber(error.cause) : error.reason;
}

/** Such as `rejected:50504`. */
export function codeWithNumber(error: BotError): string {
  const number = 'twilioCode' in error ? error.twilioCode : undefined;
  return number === undefined ? error.code : `${error.code}:${number}`;
}

import { BotError } from '../lib/errors.ts';
import { ERROR_TABLE, type ErrorCode } from './error-table.ts';

/** The service says no, the way Twilio does: a code of Twilio's dictionary with its status and text. */
export class RefusalError extends BotError {
  override readonly name = 'RefusalError' as const;
  readonly code = 'service_refused' as const;
  readonly twilioCode: ErrorCode;
  readonly status: number;

  /** @param text instead of the table's, where Twilio names the offending thing in it */
  constructor(twilioCode: ErrorCode, text?: string) {
    super(text ?? ERROR_TABLE[twilioCode][1]);
    this.twilioCode = twilioCode;
    this.status = ERROR_TABLE[twilioCode][0];
  }
}

/** The error answer of Twilio's REST API, legacy shape (https://www.twilio.com/docs/usage/twilios-response). */
export interface ErrorBody {
  readonly code: number;
  readonly message: string;
  readonly more_info: string;
  readonly status: number;
}

export function errorBody(code: number, message: string, status: number): ErrorBody {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

/** How Twilio answers for a path that there is not, or that is there with other methods only. */
export function routeRefusal(path: string, isWrongMethod = false): ErrorBody {
  const { twilioCode, message, status } = isWrongMethod ? new RefusalError(20004) : notFound(path);
  return errorBody(twilioCode, message, status);
}

/** 404 for a path. Twilio names the path without its version: `/Conversations/CH…`. */
export function notFound(path: string): RefusalError {
  return new RefusalError(20404, `The requested resource ${path.replace(/^\/v\d/, '')} was not found`);
}

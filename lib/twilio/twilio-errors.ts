import { BotError } from '../errors.ts';

/** What Twilio said about a failure: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export interface TwilioFailure {
  readonly status: number;
  /** Twilio's own number: https://www.twilio.com/docs/api/errors */
  readonly twilioCode?: number | undefined;
  readonly twilioMessage?: string | undefined;
  readonly moreInfo?: string | undefined;
  /** `RQ…`, what Twilio's support asks for. */
  readonly requestId?: string | undefined;
}

/**
 * Twilio answered, and not with what we asked for. The error's own `message` carries numbers only: Twilio's words
 * may quote a customer's, so they sit behind a getter that neither inspect nor JSON.stringify follows.
 */
export abstract class TwilioError extends BotError {
  readonly status: number;
  readonly twilioCode: number | undefined;
  readonly moreInfo: string | undefined;
  readonly requestId: string | undefined;
  readonly #twilioMessage: string | undefined;

  constructor(problem: string, failure: TwilioFailure) {
    const { status, twilioCode, requestId, moreInfo } = failure;
    super(
      [
        `${problem} (HTTP ${status}`,
        twilioCode === undefined ? '' : `, Twilio error ${twilioCode}`,
        requestId === undefined ? '' : `, request ${requestId}`,
        moreInfo === undefined ? ').' : `): see ${moreInfo}`,
      ].join(''),
    );
    this.status = status;
    this.twilioCode = twilioCode;
    this.moreInfo = moreInfo;
    this.requestId = requestId;
    this.#twilioMessage = failure.twilioMessage;
  }

  /** Twilio's sentence. May hold a customer's words: show it to the operator who asked, never log it. */
  get twilioMessage(): string | undefined {
    return this.#twilioMessage;
  }
}

/** 429. Never processed, always safe to send again: https://www.twilio.com/docs/api/errors/20429 */
export class RateLimitedError extends TwilioError {
  override readonly name = 'RateLimitedError' as const;
  readonly code = 'rate_limited' as const;
  override readonly retryable = true;
  /** From Retry-After, when Twilio sent one. */
  override readonly retryAfterMs: number | undefined;

  constructor(failure: TwilioFailure, retryAfterMs: number | undefined) {
    super('Twilio takes no more requests for now', failure);
    this.retryAfterMs = retryAfterMs;
  }
}

/** 401 even with fresh credentials. Not processed; retryable because whoever fixes the secret need do no more. */
export class UnauthorizedError extends TwilioError {
  override readonly name = 'UnauthorizedError' as const;
  readonly code = 'unauthorized' as const;
  override readonly retryable = true;

  constructor(failure: TwilioFailure) {
    super('Twilio refuses the API key; check the secret behind TWILIO_API_KEY_SECRET_ID', failure);
  }
}

/** 404: no such service, conversation or message. */
export class NotFoundError extends TwilioError {
  override readonly name = 'NotFoundError' as const;
  readonly code = 'not_found' as const;

  constructor(failure: TwilioFailure) {
    super('Twilio has no such resource', failure);
  }
}

/** Any other 4xx with Twilio's error body: not processed, and the same request will be refused again. */
export class RejectedError extends TwilioError {
  override readonly name = 'RejectedError' as const;
  readonly code = 'rejected' as const;
  override readonly retryable: boolean;
  override readonly retryAfterMs: number | undefined;

  /** @param retryable For the few codes that pass by themselves (classify-response.ts). */
  constructor(failure: TwilioFailure, retryable: boolean, retryAfterMs?: number) {
    super('Twilio refuses the request', failure);
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** 5xx: Twilio may or may not have acted. */
export class ServerError extends TwilioError {
  override readonly name = 'ServerError' as const;
  readonly code = 'server_failure' as const;
  override readonly retryable = true;
  override readonly outcomeKnown = false;
  /** From Retry-After, which a 503 may carry. */
  override readonly retryAfterMs: number | undefined;

  constructor(failure: TwilioFailure, retryAfterMs?: number) {
    super('Twilio failed', failure);
    this.retryAfterMs = retryAfterMs;
  }
}

/** An answer that is not Twilio's API speaking (a redirect, a page of HTML, half a body): nothing is known. */
export class UnreadableResponseError extends TwilioError {
  override readonly name = 'UnreadableResponseError' as const;
  readonly code = 'unreadable_response' as const;
  override readonly retryable = true;
  override readonly outcomeKnown = false;

  /** @param why What is wrong with it, without quoting it. */
  constructor(failure: TwilioFailure, why: string) {
    super(`The answer cannot be read: ${why}`, failure);
  }
}

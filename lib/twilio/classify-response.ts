import * as z from 'zod/mini';
import { parseJson } from '../json.ts';
import type { HttpResponse } from '../ports.ts';
import { parseRetryAfter } from './retry-after.ts';
import {
  NotFoundError,
  RateLimitedError,
  RejectedError,
  ServerError,
  type TwilioError,
  type TwilioFailure,
  UnauthorizedError,
  UnreadableResponseError,
} from './twilio-errors.ts';

/** The older shape (`code`, `message`, `more_info`) and the RFC 9457 one (`code`, `title`, `type`). */
const errorBody = z.object({
  code: z.int(),
  message: z.optional(z.string()),
  title: z.optional(z.string()),
  more_info: z.optional(z.string()),
  type: z.optional(z.string()),
});

/**
 * Passes by itself: conflicting modifications of a message or conversation, where the next try may be alone, and a
 * group MMS that is still being set up (https://www.twilio.com/docs/api/errors/50386).
 */
const PASSING: readonly number[] = [50386, 50391, 50449, 50514];

/**
 * Too many requests or actions a second, whatever status they come with: Twilio's pages name the codes and leave the
 * status open (https://www.twilio.com/docs/api/errors/50063, https://www.twilio.com/docs/api/errors/50074).
 */
const LIMITING: readonly number[] = [20429, 50063, 50074];

const REQUEST_TIMEOUT = 408;
const TOO_EARLY = 425;

/** What a call expects back: a resource, or nothing (204). */
export type Expected<T> = z.ZodMiniType<T> | undefined;

/**
 * The one place that decides what an HTTP answer means for us.
 * @param now Milliseconds since the epoch, for a Retry-After date.
 * @throws TwilioError
 */
export function classifyResponse<T>(response: HttpResponse, expected: Expected<T>, now: number): T {
  const { status } = response;
  if (status >= 200 && status < 300) return readResource(response, expected);
  throw classifyFailure(response, now);
}

function readResource<T>(response: HttpResponse, expected: Expected<T>): T {
  const failure = { status: response.status, requestId: requestId(response) };
  if (expected === undefined) {
    if (response.status === 204) return undefined as T;
    throw new UnreadableResponseError(failure, 'expected HTTP 204');
  }
  const body = readJson(response);
  if (body === undefined) throw new UnreadableResponseError(failure, 'it is not JSON');
  const resource = expected.safeParse(body);
  if (resource.success) return resource.data;
  const places = resource.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ');
  throw new UnreadableResponseError(failure, `it is not the resource asked for: ${places}`);
}

function classifyFailure(response: HttpResponse, now: number): TwilioError {
  const { status } = response;
  const body = errorBody.safeParse(readJson(response));
  const failure: TwilioFailure = {
    status,
    requestId: requestId(response),
    twilioCode: body.data?.code,
    twilioMessage: body.data?.message ?? body.data?.title,
    moreInfo: docsUrl(body.data?.more_info ?? body.data?.type),
  };
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
  if (status === 429) return new RateLimitedError(failure, retryAfterMs);
  if (status === 401) return new UnauthorizedError(failure);
  if (status >= 500) return new ServerError(failure, retryAfterMs);
  // Without Twilio's own error body somebody in between spoke, and Twilio may have acted before that.
  if (status < 400 || !body.success) return new UnreadableResponseError(failure, 'it is not from Twilio');
  const { code } = body.data;
  if (LIMITING.includes(code)) return new RateLimitedError(failure, retryAfterMs);
  // It waited for the rest of the request, or so it says.
  if (status === REQUEST_TIMEOUT) return new ServerError(failure, retryAfterMs);
  if (status === 404) return new NotFoundError(failure);
  const passes = PASSING.includes(code) || status === TOO_EARLY;
  return new RejectedError(failure, passes, passes ? retryAfterMs : undefined);
}

function readJson({ headers, body }: HttpResponse): unknown {
  const isJson = headers['content-type']?.match(/^application\/(problem\+)?json\b/i);
  return isJson ? parseJson(body) : undefined;
}

/** `RQ…`; undefined where the answer has none, or what could not be one. */
export function requestId({ headers }: HttpResponse): string | undefined {
  return headers['twilio-request-id']?.match(/^[A-Za-z0-9]{1,64}$/)?.[0];
}

/** It goes into the error's message, so only what can hold nobody's words. */
function docsUrl(value: string | undefined): string | undefined {
  return value?.match(/^https:\/\/www\.twilio\.com\/docs\/[\w/.-]{1,100}$/)?.[0];
}

import { expect, it } from 'vitest';
import { isRefusal } from '../../lib/reconcile/is-refusal.ts';
import {
  NotFoundError,
  RateLimitedError,
  RejectedError,
  ServerError,
  UnauthorizedError,
} from '../../lib/twilio/twilio-errors.ts';

it.each<[what: string, error: unknown, refused: boolean]>([
  ['a key that is wrong', new UnauthorizedError({ status: 401 }), true],
  ['a key that may not ask', new RejectedError({ status: 403 }, false), true],
  ['a resource that is not there', new NotFoundError({ status: 404 }), true],
  ['a request that is wrong', new RejectedError({ status: 400 }, false), false],
  ['too many requests', new RateLimitedError({ status: 429 }, undefined), false],
  ['a failure of Twilio', new ServerError({ status: 503 }), false],
  ['a status that Twilio has not sent', Object.assign(new Error('proxy'), { status: 403 }), false],
  ['nothing', undefined, false],
])('%s: asking again soon would change nothing: %3$s', (_, error, refused) => {
  expect(isRefusal(error)).toBe(refused);
});

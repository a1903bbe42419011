import * as z from 'zod/mini';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';
import { TwilioError } from './twilio-errors.ts';

const ASK_MS = 3_000;
const anything = z.record(z.string(), z.unknown());

/**
 * Whether Twilio answers at all, asked with a request that concerns no conversation: a refusal is an answer too, but for
 * one that says to come back later, and one of the key, with which nothing can be asked.
 */
export async function answersAtAll(api: TwilioApi, serviceSid: string): Promise<boolean> {
  const path = `/v1/Services/${checkSid('serviceSid', 'IS', serviceSid)}/Conversations?PageSize=1`;
  try {
    await api.request({ method: 'GET', path, expected: anything, timeoutMs: ASK_MS });
    return true;
  } catch (error) {
    return error instanceof TwilioError && error.outcomeKnown && !error.retryable;
  }
}

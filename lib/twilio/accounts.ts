import * as z from 'zod/mini';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const account = z.object({ status: z.string(), auth_token: z.optional(z.string()) });

/**
 * The account, which only its auth token opens: an API key may not. Its `auth_token` is the primary one, which signs.
 * https://www.twilio.com/docs/iam/api/account
 * @param api with the origin of Twilio's first API, and an auth token as its key.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function fetchAccount(api: TwilioApi, accountSid: string): Promise<z.infer<typeof account>> {
  const path = `/2010-04-01/Accounts/${checkSid('accountSid', 'AC', accountSid)}.json`;
  return api.request({ method: 'GET', path, expected: account });
}

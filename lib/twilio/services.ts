import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { checkName, checkSid } from './resource-path.ts';
import { NotFoundError } from './twilio-errors.ts';

const service = z.object({ sid: z.string(), account_sid: nullable(z.string()) });

export type ServiceResource = z.infer<typeof service>;

/**
 * A Conversations service.
 * https://www.twilio.com/docs/conversations/api/service-resource
 * @returns undefined where the account has none of that SID.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function findService(api: TwilioApi, serviceSid: string): Promise<ServiceResource | undefined> {
  const path = `/v1/Services/${checkSid('serviceSid', 'IS', serviceSid)}`;
  return unlessNone(api.request({ method: 'GET', path, expected: service }));
}

const user = z.object({ sid: z.string(), identity: nullable(z.string()) });

/**
 * Whoever has an identity in a service: a person or a program that writes by Twilio's SDK.
 * https://www.twilio.com/docs/conversations/api/service-user-resource
 * @returns undefined where nobody has it.
 * @throws as `findService`
 */
export async function findUser(
  api: TwilioApi,
  serviceSid: string,
  identity: string,
): Promise<{ readonly sid: string } | undefined> {
  const name = encodeURIComponent(checkName('identity', identity));
  const path = `/v1/Services/${checkSid('serviceSid', 'IS', serviceSid)}/Users/${name}`;
  return unlessNone(api.request({ method: 'GET', path, expected: user }));
}

/** @returns undefined for 404. */
export async function unlessNone<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

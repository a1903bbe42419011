import * as z from 'zod/mini';
import { sidPattern } from '../sid.ts';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const content = z.object({
  sid: z.string().check(z.regex(sidPattern('HX'))),
  friendly_name: nullable(z.string()),
  language: nullable(z.string()),
  /** A sample value for each placeholder. */
  variables: nullable(z.record(z.string(), z.unknown())),
  types: nullable(z.record(z.string(), z.unknown())),
});

export type ContentResource = z.infer<typeof content>;

const approval = z.object({
  whatsapp: nullable(z.object({ status: nullable(z.string()), rejection_reason: nullable(z.string()) })),
});

/**
 * A Content template.
 * https://www.twilio.com/docs/content/content-api-resources
 * @param api with the Content API's origin.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function fetchContent(api: TwilioApi, sid: string): Promise<ContentResource> {
  return api.request({ method: 'GET', path: pathOf(sid), expected: content });
}

/** @returns WhatsApp's word on it: `approved`, `pending`, `rejected`, `unsubmitted` and the like. */
export async function fetchApproval(api: TwilioApi, sid: string): Promise<string> {
  const path = `${pathOf(sid)}/ApprovalRequests`;
  const { whatsapp } = await api.request({ method: 'GET', path, expected: approval });
  return whatsapp?.status ?? 'unsubmitted';
}

/**
 * Creates a template. One with the same name and language may be there already: Twilio does not mind.
 * @param definition what bot/templates/<name>.json holds
 */
export async function createContent(api: TwilioApi, definition: unknown): Promise<ContentResource> {
  return api.request({ method: 'POST', path: '/v1/Content', json: definition, expected: content });
}

function pathOf(sid: string): string {
  return `/v1/Content/${checkSid('contentSid', 'HX', sid)}`;
}

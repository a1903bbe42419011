import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';

const rules = z.object({
  rules: z.array(
    z.object({
      /** `exact`, `prefix` or `default`. */
      matchType: nullable(z.string()),
      value: z.optional(nullable(z.string())),
      prefix: z.optional(nullable(z.string())),
      settings: nullable(z.array(z.object({ settingId: z.string() }))),
    }),
  ),
});

const setting = z.object({
  signature: z.optional(nullable(z.object({ sharedKeyId: nullable(z.string()) }))),
});

/**
 * The shared keys with which the account's rules have webhooks to `url` signed, instead of its auth token.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * @param api with the origin of the Webhooks configuration API.
 * @throws what `TwilioApi.request` throws.
 */
export async function findSigningKeys(api: TwilioApi, url: string): Promise<readonly string[]> {
  const all = await api.request({ method: 'GET', path: '/v1/Webhooks/Rules', expected: rules });
  const ours = all.rules.filter(({ value, prefix, matchType }) => {
    if (/default/i.test(matchType ?? '')) return true;
    return value === url || (typeof prefix === 'string' && url.startsWith(prefix));
  });
  const ids = ours.flatMap(({ settings }) => (settings ?? []).map(({ settingId }) => settingId));
  const found = ids.map(async (id) => {
    const path = `/v1/Webhooks/Settings/${encodeURIComponent(id)}`;
    const { signature } = await api.request({ method: 'GET', path, expected: setting });
    return signature?.sharedKeyId ?? [];
  });
  return (await Promise.all(found)).flat();
}

import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { type ConversationAddress, checkSid, conversationPath } from './resource-path.ts';
import type { WebhookSetting } from './webhook-configuration.ts';

const scopedWebhook = z.object({
  sid: z.string(),
  /** `webhook`, `trigger` or `studio`. */
  target: nullable(z.string()),
  configuration: nullable(
    z.object({
      url: z.optional(nullable(z.string())),
      method: z.optional(nullable(z.string())),
      filters: z.optional(nullable(z.array(z.string()))),
    }),
  ),
});

export type ScopedWebhook = z.infer<typeof scopedWebhook>;

const page = z.object({ webhooks: z.array(scopedWebhook) });

/**
 * The webhooks that one conversation has beside its service's, at most five.
 * https://www.twilio.com/docs/conversations/api/conversation-scoped-webhook-resource
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function listScopedWebhooks(
  api: TwilioApi,
  address: ConversationAddress,
): Promise<readonly ScopedWebhook[]> {
  const path = `${conversationPath(address, 'Webhooks')}?PageSize=5`;
  return (await api.request({ method: 'GET', path, expected: page })).webhooks;
}

/**
 * Adds a webhook to a conversation, or changes the one that is named.
 * @param sid `WH…` of the one to change; absent for a new one.
 * @throws as `listScopedWebhooks`.
 */
export async function putScopedWebhook(
  api: TwilioApi,
  address: ConversationAddress,
  { url, method, filters }: WebhookSetting,
  sid?: string,
): Promise<ScopedWebhook> {
  const own = sid === undefined ? [] : [checkSid('webhookSid', 'WH', sid)];
  return api.request({
    method: 'POST',
    path: conversationPath(address, 'Webhooks', ...own),
    form: [
      ...(sid === undefined ? [['Target', 'webhook'] as const] : []),
      ['Configuration.Url', url],
      ['Configuration.Method', method],
      ...filters.map((name) => ['Configuration.Filters', name] as const),
    ],
    expected: scopedWebhook,
  });
}

/** @throws as `listScopedWebhooks` */
export async function removeScopedWebhook(
  api: TwilioApi,
  address: ConversationAddress,
  sid: string,
): Promise<void> {
  const path = conversationPath(address, 'Webhooks', checkSid('webhookSid', 'WH', sid));
  await api.request({ method: 'DELETE', path, expected: undefined });
}

import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const webhookConfiguration = z.object({
  post_webhook_url: nullable(z.string()),
  method: nullable(z.string()),
  filters: nullable(z.array(z.string())),
});

export type WebhookConfiguration = z.infer<typeof webhookConfiguration>;

/**
 * Where a service's webhooks go, or those of all services of the account that have none of their own.
 * https://www.twilio.com/docs/conversations/api/service-conversation-webhook-resource
 * https://www.twilio.com/docs/conversations/api/conversation-webhook-resource
 * @param serviceSid absent for the account's.
 * @throws InvalidParameterError, or what `TwilioApi.request` throws.
 */
export async function fetchWebhookConfiguration(
  api: TwilioApi,
  serviceSid?: string,
): Promise<WebhookConfiguration> {
  const service = serviceSid === undefined ? '' : `/Services/${checkSid('serviceSid', 'IS', serviceSid)}`;
  const path = `/v1${service}/Configuration/Webhooks`;
  return api.request({ method: 'GET', path, expected: webhookConfiguration });
}

import * as z from 'zod/mini';
import { nullable } from './message-resource.ts';
import type { TwilioApi } from './request.ts';
import { checkSid } from './resource-path.ts';

const webhookConfiguration = z.object({
  pre_webhook_url: nullable(z.string()),
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
  return api.request({ method: 'GET', path: pathOf(serviceSid), expected: webhookConfiguration });
}

/** What a post-event webhook is set to; an empty URL takes it away. */
export interface WebhookSetting {
  readonly url: string;
  readonly method: string;
  readonly filters: readonly string[];
  /** Who is asked before something happens; empty for nobody. It stays what it is where it is not given. */
  readonly preUrl?: string | undefined;
}

/**
 * Points the webhooks of a service, or of the account, somewhere.
 * @throws as `fetchWebhookConfiguration`.
 */
export async function updateWebhookConfiguration(
  api: TwilioApi,
  { url, method, filters, preUrl }: WebhookSetting,
  serviceSid?: string,
): Promise<WebhookConfiguration> {
  return api.request({
    method: 'POST',
    path: pathOf(serviceSid),
    form: [
      ['PostWebhookUrl', url],
      ...(preUrl === undefined ? [] : [['PreWebhookUrl', preUrl] as const]),
      ['Method', method],
      // Without the parameter Twilio would keep the events before.
      ...(filters.length === 0 ? [''] : filters).map((name) => ['Filters', name] as const),
    ],
    expected: webhookConfiguration,
  });
}

function pathOf(serviceSid: string | undefined): string {
  const service = serviceSid === undefined ? '' : `/Services/${checkSid('serviceSid', 'IS', serviceSid)}`;
  return `/v1${service}/Configuration/Webhooks`;
}

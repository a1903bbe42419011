import { type Call, ok, type Route, serviceOf } from '../call.ts';
import type { Core } from '../core.ts';
import { requireAny } from '../parameters.ts';
import { RefusalError } from '../refusal-error.ts';
import { dates, type Resource } from '../show.ts';
import type { Service } from '../state.ts';

/**
 * The same service seen through Chat v2, only as far as Conversations needs it: how often webhooks are retried is
 * set nowhere else.
 * @see https://www.twilio.com/docs/chat/rest/service-resource
 */

export const fetchChatService: Route = (core, call) => ok(show(core, call, serviceOf(core, call)));

export const updateChatService: Route = (core, call) => {
  const service = serviceOf(core, call);
  requireAny(call.form, ['PreWebhookRetryCount', 'PostWebhookRetryCount', 'FriendlyName']);
  service.pre_webhook_retry_count =
    readCount(call, 'PreWebhookRetryCount') ?? service.pre_webhook_retry_count;
  service.post_webhook_retry_count =
    readCount(call, 'PostWebhookRetryCount') ?? service.post_webhook_retry_count;
  service.friendly_name = call.form.get('FriendlyName') ?? service.friendly_name;
  return ok(show(core, call, service));
};

function readCount(call: Call, name: string): number | undefined {
  const text = call.form.get(name);
  if (text === null) return undefined;
  if (!/^[0-3]$/.test(text)) throw new RefusalError(50065);
  return Number(text);
}

function show(core: Core, { origin }: Call, service: Service): Resource {
  const url = `${origin}/v2/Services/${service.sid}`;
  const { configuration, webhooks } = service;
  return {
    sid: service.sid,
    account_sid: core.state.account_sid,
    friendly_name: service.friendly_name,
    ...dates(service),
    default_service_role_sid: configuration.default_chat_service_role_sid,
    default_channel_role_sid: configuration.default_conversation_role_sid,
    default_channel_creator_role_sid: configuration.default_conversation_creator_role_sid,
    read_status_enabled: true,
    reachability_enabled: configuration.reachability_enabled,
    typing_indicator_timeout: 5,
    consumption_report_interval: 10,
    limits: { channel_members: 1000, user_channels: 1000 },
    pre_webhook_url: webhooks.pre_webhook_url,
    post_webhook_url: webhooks.post_webhook_url,
    webhook_method: webhooks.method,
    webhook_filters: webhooks.filters,
    pre_webhook_retry_count: service.pre_webhook_retry_count,
    post_webhook_retry_count: service.post_webhook_retry_count,
    notifications: {},
    media: { size_limit_mb: 150, compatibility_message: 'Media messages are not supported by your client' },
    url,
    links: {
      channels: `${url}/Channels`,
      users: `${url}/Users`,
      roles: `${url}/Roles`,
      bindings: `${url}/Bindings`,
    },
  };
}

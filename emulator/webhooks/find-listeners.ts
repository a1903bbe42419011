import type { Core } from '../core.ts';
import type { Conversation, Service, WebhookConfiguration } from '../state.ts';
import type { WebhookTarget } from './attempt.ts';
import type { PostEvent, PreEvent } from './event-names.ts';

/** The one pre-event webhook that is asked: the service's configuration, else the account's. */
export function findJudge(core: Core, service: Service, event: PreEvent): WebhookTarget | undefined {
  const { level, webhooks } = configurationFor(core, service);
  return target(level, webhooks.pre_webhook_url, webhooks, event, service.pre_webhook_retry_count);
}

/** Everybody who hears of a post-event: service (or account) configuration, and the conversation's own webhooks. */
export function findListeners(
  core: Core,
  service: Service,
  conversation: Conversation | undefined,
  event: PostEvent,
  body: string,
): readonly WebhookTarget[] {
  const { level, webhooks } = configurationFor(core, service);
  const wide = target(level, webhooks.post_webhook_url, webhooks, event, service.post_webhook_retry_count);
  const scoped = conversation === undefined ? [] : scopedTargets(conversation, event, body);
  if (wide === undefined) return scoped;
  return core.settings.scopedBesideService ? [wide, ...scoped] : [wide];
}

/** A service with a webhook of its own silences the account's entirely. */
function configurationFor(
  core: Core,
  service: Service,
): { level: 'account' | 'service'; webhooks: WebhookConfiguration } {
  const { webhooks } = service;
  const configured = webhooks.pre_webhook_url !== null || webhooks.post_webhook_url !== null;
  return configured ? { level: 'service', webhooks } : { level: 'account', webhooks: core.state.webhooks };
}

function target(
  level: WebhookTarget['level'],
  url: string | null,
  { filters, method }: WebhookConfiguration,
  event: string,
  retries: number,
): WebhookTarget | undefined {
  if (url === null || url === '' || !(filters ?? []).includes(event)) return undefined;
  return { level, url, method: method === 'GET' ? 'GET' : 'POST', retries };
}

function scopedTargets(conversation: Conversation, event: PostEvent, body: string): readonly WebhookTarget[] {
  return conversation.webhooks.items.flatMap((webhook) => {
    if (webhook.url === null) return [];
    const hit =
      webhook.target === 'trigger'
        ? event === 'onMessageAdded' && webhook.triggers.some((keyword) => body.includes(keyword))
        : webhook.filters.includes(event);
    const method = webhook.method.toUpperCase() === 'GET' ? 'GET' : 'POST';
    return hit ? [{ level: 'conversation', url: webhook.url, method, retries: 0 } as const] : [];
  });
}

import { isOneOf } from '../../../lib/reconcile/same-url.ts';
import type { WebhookConfiguration } from '../../../lib/twilio/webhook-configuration.ts';
import type { Look } from '../look.ts';

export interface OurWebhook extends WebhookConfiguration {
  /** Of the service. */
  readonly sid: string;
}

/** The webhooks of the services that lead here; the account's where a service has none. */
export async function ourWebhooks(look: Look): Promise<readonly OurWebhook[]> {
  if (look.isScoped) return [];
  const all = look.serviceSids.map(async (sid) => {
    const own = await look.serviceWebhooks(sid);
    return { ...(own.post_webhook_url ? own : await look.accountWebhooks()), sid };
  });
  return (await Promise.all(all)).filter(({ post_webhook_url: url }) => url && isOneOf(look.publicUrls, url));
}

import { setServiceWebhook } from '../../webhooks/set-service-webhook.ts';
import { showUrl } from '../../webhooks/show-url.ts';
import type { Repair } from '../check.ts';
import type { Look } from '../look.ts';

/** What is safe of a service's webhook that is ours already, or nobody's. */
export async function setWebhook(look: Look, serviceSid: string): Promise<Repair | undefined> {
  const filters = await look.events();
  const [url = ''] = look.publicUrls;
  if (filters === undefined) return undefined;
  return {
    order: `Set the webhook of ${serviceSid} to POST ${showUrl(url)} for ${filters.join(', ')}.`,
    act: () => setServiceWebhook(look.stage, serviceSid, { url, method: 'POST', filters }),
  };
}

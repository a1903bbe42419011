import { isOneOf } from '../../lib/reconcile/same-url.ts';
import { listScopedWebhooks, removeScopedWebhook } from '../../lib/twilio/scoped-webhooks.ts';
import {
  fetchWebhookConfiguration,
  updateWebhookConfiguration,
} from '../../lib/twilio/webhook-configuration.ts';
import type { Step } from '../stage/change-each.ts';
import type { Stage } from '../stage/stage.ts';
import { ACCOUNT, forgetKeptWebhook, readKeptWebhook } from './kept-webhook.ts';
import { showUrl } from './show-url.ts';

/**
 * Puts back what was there before `set`, or takes away what leads here. Another's webhook stays.
 * @param level `IS…`, or `account`
 */
export async function planUnset(
  stage: Pick<Stage, 'twilio' | 'table' | 'clock'>,
  level: string,
  publicUrls: readonly string[],
): Promise<readonly Step<unknown>[]> {
  const sid = level === ACCOUNT ? undefined : level;
  const [now, kept] = await Promise.all([
    fetchWebhookConfiguration(stage.twilio, sid),
    readKeptWebhook(stage, level),
  ]);
  const isOurs = isOneOf(publicUrls, now.post_webhook_url ?? '');
  if (!isOurs && kept === undefined) return [];
  const back = kept ?? { url: '', method: 'POST', filters: [] };
  return [
    {
      order:
        back.url === ''
          ? `Remove the webhook of ${level}.`
          : `Set ${level} back to ${back.method} ${showUrl(back.url)}.`,
      act: async () => {
        await updateWebhookConfiguration(stage.twilio, back, sid);
        await forgetKeptWebhook(stage, level);
      },
    },
  ];
}

/** Takes away those of one conversation that lead here. */
export async function planUnsetInConversation(
  { twilio }: Pick<Stage, 'twilio'>,
  address: { readonly serviceSid: string; readonly conversationSid: string },
  publicUrls: readonly string[],
): Promise<readonly Step<unknown>[]> {
  const all = await listScopedWebhooks(twilio, address);
  const ours = all.filter(({ configuration }) => isOneOf(publicUrls, configuration?.url ?? ''));
  return ours.map(({ sid }) => ({
    order: `Remove the webhook ${sid} of ${address.conversationSid}.`,
    act: () => removeScopedWebhook(twilio, address, sid),
  }));
}

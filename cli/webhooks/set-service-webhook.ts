import { isOneOf } from '../../lib/reconcile/same-url.ts';
import {
  fetchWebhookConfiguration,
  updateWebhookConfiguration,
  type WebhookSetting,
} from '../../lib/twilio/webhook-configuration.ts';
import type { Stage } from '../stage/stage.ts';
import { ACCOUNT, keepWebhook, type WebhookLevel } from './kept-webhook.ts';

/** Points a service's webhooks, or the account's, here, and keeps where they went before. */
export async function setServiceWebhook(
  stage: Pick<Stage, 'twilio' | 'table' | 'clock'>,
  level: WebhookLevel,
  setting: WebhookSetting,
): Promise<void> {
  const sid = level === ACCOUNT ? undefined : level;
  const before = await fetchWebhookConfiguration(stage.twilio, sid);
  const { post_webhook_url: url, pre_webhook_url: preUrl } = before;
  // What is ours already was not before us; with somebody who is asked first it is not ours alone.
  const isOurs = url !== null && isOneOf([setting.url], url) && !preUrl;
  if (!isOurs) await keepWebhook(stage, level, before);
  await updateWebhookConfiguration(stage.twilio, setting, sid);
}

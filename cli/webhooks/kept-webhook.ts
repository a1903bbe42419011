import type { Key } from '../../lib/ports.ts';
import type { WebhookConfiguration, WebhookSetting } from '../../lib/twilio/webhook-configuration.ts';
import type { Stage } from '../stage/stage.ts';

/** `IS…`, or `account`. */
export type WebhookLevel = string;

export const ACCOUNT = 'account';

const LIFETIME_S = 365 * 86_400;

const keyOf = (level: WebhookLevel): Key => ({ pk: 'webhooks', sk: level });

/**
 * Keeps what a level's webhook was before the first `parley webhooks set`, so that `unset` can put it back: what is kept
 * already stays, however often it is set.
 */
export async function keepWebhook(
  { table, clock }: Pick<Stage, 'table' | 'clock'>,
  level: WebhookLevel,
  { post_webhook_url, pre_webhook_url, method, filters }: WebhookConfiguration,
): Promise<void> {
  const value: WebhookSetting = {
    url: post_webhook_url ?? '',
    preUrl: pre_webhook_url ?? '',
    method: method ?? 'POST',
    filters: filters ?? [],
  };
  const expiresAt = Math.floor(clock.now() / 1000) + LIFETIME_S;
  await table.put(keyOf(level), { version: 1, expiresAt, value }, undefined);
}

/** @returns undefined where nothing was kept */
export async function readKeptWebhook(
  { table }: Pick<Stage, 'table'>,
  level: WebhookLevel,
): Promise<WebhookSetting | undefined> {
  return (await table.get<WebhookSetting>(keyOf(level)))?.value;
}

export async function forgetKeptWebhook({ table }: Pick<Stage, 'table'>, level: WebhookLevel): Promise<void> {
  const kept = await table.get(keyOf(level));
  if (kept !== undefined) await table.remove(keyOf(level), kept.version);
}

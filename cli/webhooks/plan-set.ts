import { isOneOf } from '../../lib/reconcile/same-url.ts';
import { listScopedWebhooks, putScopedWebhook } from '../../lib/twilio/scoped-webhooks.ts';
import { fetchWebhookConfiguration, type WebhookSetting } from '../../lib/twilio/webhook-configuration.ts';
import { FAILED } from '../command.ts';
import { CommandError } from '../command-error.ts';
import type { Step } from '../stage/change-each.ts';
import type { Stage } from '../stage/stage.ts';
import { ACCOUNT } from './kept-webhook.ts';
import { setServiceWebhook } from './set-service-webhook.ts';
import { showUrl } from './show-url.ts';

export type Wanted = Omit<WebhookSetting, 'preUrl'> & {
  /** Takes away what is asked first; refused where it is not given and there is such a thing. */
  readonly dropsPreEvent: boolean;
};

/**
 * @param level `IS…`, or `account`
 * @returns nothing where it is so already
 * @throws CommandError where somebody is asked before something happens
 */
export async function planSet(
  stage: Pick<Stage, 'twilio' | 'table' | 'clock'>,
  level: string,
  { dropsPreEvent, ...wanted }: Wanted,
): Promise<readonly Step<unknown>[]> {
  const now = await fetchWebhookConfiguration(stage.twilio, level === ACCOUNT ? undefined : level);
  const { pre_webhook_url: preUrl } = now;
  if (preUrl && !dropsPreEvent) {
    throw new CommandError(
      FAILED,
      `${level} has a pre-event URL (${showUrl(preUrl)}), and parley has no function that answers one: what customers write would depend on it. Take it away with --drop-pre-event; "webhooks unset" brings it back.`,
    );
  }
  const differences = differencesOf(
    { url: now.post_webhook_url ?? '', method: now.method ?? 'POST', filters: now.filters ?? [] },
    wanted,
  );
  const all = [...differences, ...(preUrl ? ['the pre-event URL away'] : [])];
  if (all.length === 0) return [];
  return [
    {
      order: `Set ${level}: ${all.join('; ')}.`,
      act: () => setServiceWebhook(stage, level, { ...wanted, ...(preUrl ? { preUrl: '' } : {}) }),
    },
  ];
}

/** The same of one conversation, whose other webhooks stay. */
export async function planSetInConversation(
  { twilio }: Pick<Stage, 'twilio'>,
  address: { readonly serviceSid: string; readonly conversationSid: string },
  wanted: WebhookSetting,
): Promise<readonly Step<unknown>[]> {
  const all = await listScopedWebhooks(twilio, address);
  const own = all.find(
    ({ target, configuration }) => target === 'webhook' && isOneOf([wanted.url], configuration?.url ?? ''),
  );
  const { url, method, filters } = own?.configuration ?? {};
  const now = { url: url ?? '', method: (method ?? 'POST').toUpperCase(), filters: filters ?? [] };
  const differences = differencesOf(now, wanted);
  if (differences.length === 0) return [];
  return [
    {
      order: `Set a webhook of ${address.conversationSid}: ${differences.join('; ')}.`,
      act: () => putScopedWebhook(twilio, address, wanted, own?.sid),
    },
  ];
}

/** `POST "https://…" → "https://…"`, and the events that come and go. */
function differencesOf(
  now: Omit<WebhookSetting, 'preUrl'>,
  wanted: Omit<WebhookSetting, 'preUrl'>,
): readonly string[] {
  const more = wanted.filters.filter((name) => !now.filters.includes(name));
  const less = now.filters.filter((name) => !wanted.filters.includes(name));
  const before = now.url === '' ? 'none' : showUrl(now.url);
  return [
    ...(now.url === wanted.url ? [] : [`URL ${before} → ${showUrl(wanted.url)}`]),
    ...(now.method.toUpperCase() === wanted.method ? [] : [`method ${now.method} → ${wanted.method}`]),
    ...(more.length === 0 ? [] : [`events + ${more.join(', ')}`]),
    ...(less.length === 0 ? [] : [`events − ${less.join(', ')}`]),
  ];
}

import { listScopedWebhooks } from '../../lib/twilio/scoped-webhooks.ts';
import { fetchWebhookConfiguration } from '../../lib/twilio/webhook-configuration.ts';
import type { Stage } from '../stage/stage.ts';
import { ACCOUNT } from './kept-webhook.ts';
import { showUrl } from './show-url.ts';

/** A webhook as it is set at one level. */
export interface LevelWebhook {
  /** `account`, `IS…`, or `CH… WH…`. */
  readonly level: string;
  /** Null where there is none. What may be a secret in it is left out. */
  readonly url: string | null;
  readonly method: string | null;
  readonly events: readonly string[];
  readonly preEventUrl: string | null;
}

/** The account's, and each service's: the latter silences the former for it. */
export async function readLevels(
  { twilio }: Pick<Stage, 'twilio'>,
  serviceSids: readonly string[],
): Promise<readonly LevelWebhook[]> {
  const asked = [undefined, ...serviceSids].map(async (sid) => {
    const { post_webhook_url, pre_webhook_url, method, filters } = await fetchWebhookConfiguration(
      twilio,
      sid,
    );
    return {
      level: sid ?? ACCOUNT,
      url: post_webhook_url ? showUrl(post_webhook_url) : null,
      method,
      events: filters ?? [],
      preEventUrl: pre_webhook_url ? showUrl(pre_webhook_url) : null,
    };
  });
  return Promise.all(asked);
}

/** Those that one conversation has of its own. */
export async function readConversationLevel(
  { twilio }: Pick<Stage, 'twilio'>,
  address: Parameters<typeof listScopedWebhooks>[1],
): Promise<readonly LevelWebhook[]> {
  const all = await listScopedWebhooks(twilio, address);
  return all.map(({ sid, target, configuration }) => ({
    level: `${address.conversationSid} ${sid}${target === 'webhook' ? '' : ` (${target})`}`,
    url: configuration?.url ? showUrl(configuration.url) : null,
    method: configuration?.method?.toUpperCase() ?? null,
    events: configuration?.filters ?? [],
    preEventUrl: null,
  }));
}

/** In lines for people. */
export function showLevel({ level, url, method, events, preEventUrl }: LevelWebhook): readonly string[] {
  return [
    url === null ? `${level}: no webhook` : `${level}: ${method ?? 'POST'} ${url}`,
    ...(events.length === 0 ? [] : [`  for ${events.join(', ')}`]),
    ...(preEventUrl === null ? [] : [`  asked first: ${preEventUrl}`]),
  ];
}

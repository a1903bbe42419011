import type { Core } from '../core.ts';
import type { WebhookSent } from '../happenings.ts';
import { WEBHOOK_TIMEOUT_MS } from '../limits.ts';
import type { Attempt } from './attempt.ts';
import type { WebhookRequest, WebhookResponse } from './deliver.ts';
import { encodeWebhook } from './encode-webhook.ts';

export type AttemptResult =
  | { readonly kind: 'answered'; readonly response: WebhookResponse }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable' };

/** Sends one webhook once, signed with the key of this moment, and waits five seconds at most. */
export async function attemptWebhook(core: Core, attempt: Attempt): Promise<AttemptResult> {
  const { id, event, phase, target, number } = attempt;
  const params = [...attempt.params, ['RetryCount', String(number)] as const];
  const webhook = encodeWebhook({
    method: target.method,
    url: target.url,
    params,
    signingKey: core.settings.sharedKey ?? core.credentials.authToken,
    idempotencyToken: attempt.idempotencyToken,
    signaturePort: core.settings.signaturePort,
  });
  return deliverOnce(core, { id, event, phase, level: target.level, attempt: number, params }, webhook);
}

/** Delivers a webhook that is signed already, and tells of it. */
export async function deliverOnce(
  core: Core,
  about: Omit<WebhookSent, 'kind' | 'method' | 'url' | 'headers'>,
  webhook: WebhookRequest,
): Promise<AttemptResult> {
  const { id, event, attempt } = about;
  const { method, url, headers } = webhook;
  core.happenings.tell({ kind: 'webhook.sent', ...about, method, url, headers });
  const outcome = await Promise.race([
    core.deliver(webhook).then(
      (response): AttemptResult => ({ kind: 'answered', response }),
      (): AttemptResult => ({ kind: 'unreachable' }),
    ),
    core.clock.sleep(WEBHOOK_TIMEOUT_MS).then((): AttemptResult => ({ kind: 'timeout' })),
  ]);
  const response = outcome.kind === 'answered' ? outcome.response : undefined;
  core.happenings.tell({
    kind: 'webhook.answered',
    id,
    event,
    attempt,
    outcome: outcome.kind,
    status: response?.status,
    body: response?.body ?? '',
  });
  return outcome;
}

/** Twilio tries again only after its own timeout and these three statuses, and only if told to. */
export function mayRetry(outcome: AttemptResult): boolean {
  if (outcome.kind === 'timeout') return true;
  return outcome.kind === 'answered' && [429, 503, 504].includes(outcome.response.status);
}

import type { Core } from '../core.ts';
import { WEBHOOK_TIMEOUT_MS } from '../limits.ts';
import type { Attempt } from './attempt.ts';
import type { WebhookResponse } from './deliver.ts';
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
  const { level } = target;
  const { method, url, headers } = webhook;
  core.happenings.tell({
    kind: 'webhook.sent',
    id,
    event,
    phase,
    level,
    attempt: number,
    method,
    url,
    headers,
    params,
  });
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
    attempt: number,
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

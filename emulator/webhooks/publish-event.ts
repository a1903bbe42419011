import type { Core } from '../core.ts';
import { randomUuid } from '../sids.ts';
import type { Conversation, Service } from '../state.ts';
import type { Actor } from './actor.ts';
import type { Attempt, WebhookTarget } from './attempt.ts';
import { attemptWebhook, mayRetry } from './attempt-webhook.ts';
import type { EventParams, PostEvent } from './event-names.ts';
import { findListeners } from './find-listeners.ts';

/** A post-event and whom it concerns. */
export interface Event {
  readonly EventType: PostEvent;
  readonly service: Service;
  readonly conversation?: Conversation;
  readonly params: EventParams;
  /** What trigger webhooks look for their keywords in. */
  readonly body?: string | null;
  /** onDeliveryUpdated carries no Source. */
  readonly withoutSource?: true;
}

/** Tells everybody who listens for a post-event, without waiting for them: their answers change nothing. */
export function publishEvent(core: Core, actor: Actor, event: Event): void {
  if (!actor.fires) return;
  const { EventType, service, conversation } = event;
  for (const target of findListeners(core, service, conversation, EventType, event.body ?? '')) {
    publishTo(core, actor, event, target);
  }
}

/** Tells one listener; `ReplayAfter` of a new scoped webhook needs this by itself. */
export function publishTo(core: Core, actor: Actor, event: Event, target: WebhookTarget): void {
  const attempt: Attempt = {
    id: randomUuid(core.random),
    event: event.EventType,
    phase: 'post',
    target,
    params: commonParams(core, event.EventType, event.params, event.withoutSource ? undefined : actor),
    number: 0,
    idempotencyToken: randomUuid(core.random),
  };
  core.faults.interfere(attempt, (changed) => sendWithRetries(core, changed));
}

/** What every event carries in front of its own parameters. */
export function commonParams(core: Core, event: string, params: EventParams, actor?: Actor): EventParams {
  const { Source, ClientIdentity } = actor ?? {};
  return [
    ['AccountSid', core.state.account_sid],
    ['EventType', event],
    ...(Source === undefined ? [] : [['Source', Source] as const]),
    ...(ClientIdentity === undefined ? [] : [['ClientIdentity', ClientIdentity] as const]),
    ...params,
  ];
}

function sendWithRetries(core: Core, attempt: Attempt): void {
  const sending = attemptWebhook(core, attempt).then((outcome) => {
    core.underWay.delete(sending);
    if (attempt.number >= attempt.target.retries || !mayRetry(outcome)) return;
    core.timeline.after(retryWait(core, attempt.number), () =>
      sendWithRetries(core, nextAttempt(core, attempt)),
    );
  });
  core.underWay.add(sending);
}

export function nextAttempt(core: Core, attempt: Attempt): Attempt {
  const idempotencyToken =
    core.settings.idempotencyTokenOnRetry === 'same' ? attempt.idempotencyToken : randomUuid(core.random);
  return { ...attempt, number: attempt.number + 1, idempotencyToken };
}

export function retryWait(core: Core, attempt: number): number {
  const waits = core.settings.webhookRetryBackoffMs;
  return waits[Math.min(attempt, waits.length - 1)] ?? 0;
}

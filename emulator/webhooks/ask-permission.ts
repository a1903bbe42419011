import { parseJson } from '../../lib/json.ts';
import type { Core } from '../core.ts';
import { RefusalError } from '../refusal-error.ts';
import { randomUuid } from '../sids.ts';
import type { Service } from '../state.ts';
import type { Actor } from './actor.ts';
import type { Attempt } from './attempt.ts';
import { type AttemptResult, attemptWebhook, mayRetry } from './attempt-webhook.ts';
import type { EventParams, PreEvent } from './event-names.ts';
import { findJudge } from './find-listeners.ts';
import { commonParams, nextAttempt, retryWait } from './publish-event.ts';

/** Fields a pre-event webhook may change, by the names of its JSON answer. */
export type Changes = Readonly<Record<string, unknown>>;

const UNCHANGED: Changes = {};

/**
 * Asks the pre-event webhook, if there is one, whether something may happen:
 * ```
 * 200 with {} or nothing → as it is     4xx, 5xx → refused
 * 200 with JSON fields   → changed      no answer in five seconds → as it is
 * ```
 * @throws RefusalError 50056 when the webhook says no
 */
export async function askPermission(
  core: Core,
  actor: Actor,
  service: Service,
  event: PreEvent,
  params: EventParams,
): Promise<Changes> {
  if (!actor.asksFirst) return UNCHANGED;
  const target = findJudge(core, service, event);
  if (target === undefined) return UNCHANGED;
  let attempt: Attempt = core.faults.change({
    id: randomUuid(core.random),
    event,
    phase: 'pre',
    target,
    params: commonParams(core, event, params, actor),
    number: 0,
    idempotencyToken: randomUuid(core.random),
  });
  let outcome = await attemptWebhook(core, attempt);
  while (attempt.number < target.retries && mayRetry(outcome)) {
    await core.clock.sleep(retryWait(core, attempt.number));
    attempt = nextAttempt(core, attempt);
    outcome = await attemptWebhook(core, attempt);
  }
  return judge(core, outcome);
}

function judge(core: Core, outcome: AttemptResult): Changes {
  if (outcome.kind === 'timeout') return UNCHANGED;
  if (outcome.kind === 'unreachable') return publishOrRefuse(core.settings.preWebhookUnreachable);
  const { status, body } = outcome.response;
  if (status >= 400) throw new RefusalError(50056);
  if (status !== 200) return publishOrRefuse(core.settings.preWebhookOtherStatus);
  return readChanges(body);
}

function publishOrRefuse(choice: 'reject' | 'publish'): Changes {
  if (choice === 'reject') throw new RefusalError(50056);
  return UNCHANGED;
}

/** An answer that is not a JSON object changes nothing. */
function readChanges(body: string): Changes {
  const answer = parseJson(body);
  return typeof answer === 'object' && answer !== null && !Array.isArray(answer)
    ? (answer as Changes)
    : UNCHANGED;
}

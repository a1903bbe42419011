import type { Happenings } from '../happenings.ts';
import type { Timeline } from '../timeline.ts';
import type { Attempt } from '../webhooks/attempt.ts';
import { type Fault, isWebhookFault, type WebhookFault } from './fault.ts';

/** What faults do to webhooks. */
export interface Interference {
  /** Sends a post-event webhook: as it is, changed, doubled, later, in another order or not at all. */
  interfere(attempt: Attempt, send: (attempt: Attempt) => void): void;
  /** A pre-event webhook as it is to be asked: somebody waits for its answer, so it can only be changed. */
  change(attempt: Attempt): Attempt;
}

export function createInterference(
  strike: (matches: (fault: Fault) => boolean) => Fault | undefined,
  timeline: Pick<Timeline, 'after'>,
  happenings: Pick<Happenings, 'tell'>,
): Interference {
  let held: (() => void)[] = [];

  function release(): void {
    const sends = held;
    held = [];
    for (const send of sends) send();
  }

  function interfere(attempt: Attempt, send: (attempt: Attempt) => void): void {
    const fault = strike((candidate) => isWebhookFault(candidate) && hits(candidate, attempt));
    if (fault === undefined || !isWebhookFault(fault)) {
      send(attempt);
      release();
      return;
    }
    switch (fault.kind) {
      case 'webhook-drop': {
        const { id, event, number } = attempt;
        const nothing = { outcome: 'dropped', status: undefined, body: '' } as const;
        happenings.tell({ kind: 'webhook.answered', id, event, attempt: number, ...nothing });
        return;
      }
      case 'webhook-duplicate':
        for (let copy = 0; copy <= fault.copies; copy += 1) send(attempt);
        release();
        return;
      case 'webhook-parameter':
        send(withParameter(attempt, fault));
        release();
        return;
      case 'webhook-delay':
        timeline.after(fault.ms, () => send(attempt));
        return;
      case 'webhook-reorder': {
        const later = () => send(attempt);
        held.push(later);
        timeline.after(fault.holdMs, () => {
          if (!held.includes(later)) return;
          held = held.filter((other) => other !== later);
          later();
        });
      }
    }
  }

  function change(attempt: Attempt): Attempt {
    const fault = strike((candidate) => candidate.kind === 'webhook-parameter' && hits(candidate, attempt));
    return fault?.kind === 'webhook-parameter' ? withParameter(attempt, fault) : attempt;
  }

  return { interfere, change };
}

function withParameter(attempt: Attempt, { name, value }: { name: string; value: string }): Attempt {
  return { ...attempt, params: [...attempt.params, [name, value]] };
}

function hits(fault: WebhookFault, attempt: Attempt): boolean {
  return (
    (fault.event === undefined || fault.event === attempt.event) &&
    (fault.url === undefined || attempt.target.url.includes(fault.url))
  );
}

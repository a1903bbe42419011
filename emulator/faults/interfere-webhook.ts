import type { Happenings } from '../happenings.ts';
import type { Timeline } from '../timeline.ts';
import type { Attempt } from '../webhooks/attempt.ts';
import { type Fault, isWebhookFault, type WebhookFault } from './fault.ts';

/** Drops, doubles, delays and swaps webhooks; a webhook that no fault hits is simply sent. */
export function createInterference(
  strike: (matches: (fault: Fault) => boolean) => Fault | undefined,
  timeline: Pick<Timeline, 'after'>,
  happenings: Pick<Happenings, 'tell'>,
) {
  let held: (() => void)[] = [];

  function release(): void {
    const sends = held;
    held = [];
    for (const send of sends) send();
  }

  return (attempt: Attempt, send: () => void): void => {
    const fault = strike((candidate) => isWebhookFault(candidate) && hits(candidate, attempt));
    if (fault === undefined || !isWebhookFault(fault)) {
      send();
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
        for (let copy = 0; copy <= fault.copies; copy += 1) send();
        release();
        return;
      case 'webhook-delay':
        timeline.after(fault.ms, send);
        return;
      case 'webhook-reorder':
        held.push(send);
        timeline.after(fault.holdMs, () => {
          if (!held.includes(send)) return;
          held = held.filter((other) => other !== send);
          send();
        });
    }
  };
}

function hits(fault: WebhookFault, attempt: Attempt): boolean {
  return (
    (fault.event === undefined || fault.event === attempt.event) &&
    (fault.url === undefined || attempt.target.url.includes(fault.url))
  );
}

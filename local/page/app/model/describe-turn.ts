import type { Turn } from './model.ts';

export type Tone = 'good' | 'warn' | 'bad' | 'plain' | 'busy';

export interface Standing {
  readonly tone: Tone;
  readonly text: string;
}

/** How far a turn has come, in a few words. */
export function describeTurn({ finished, dueAt, working, steps }: Turn, now: number): Standing {
  if (finished !== undefined) return describeOutcome(finished);
  if (dueAt !== undefined) return { tone: 'warn', text: waitsFor(dueAt - now) };
  if (working) return { tone: 'busy', text: waitsItsTurn(steps) ? 'Waits its turn' : 'Working' };
  const webhook = steps.findLast((step) => step.kind === 'webhook');
  if (webhook === undefined) return { tone: 'plain', text: 'No webhook' };
  if (webhook.answered === undefined) return { tone: 'busy', text: 'Webhook under way' };
  const { status = 0 } = webhook.answered;
  if (status >= 200 && status < 400) return { tone: 'good', text: 'Webhook answered' };
  return { tone: 'bad', text: 'Webhook failed' };
}

/** A conversation's messages are answered in order, so one may hold up the next. */
function waitsItsTurn(steps: Turn['steps']): boolean {
  const last = steps.findLast((step) => step.kind === 'queue');
  return last?.change === 'queued' && last.deliveredAt === undefined;
}

function waitsFor(ms: number): string {
  return ms > 0 ? `Tries again in ${Math.ceil(ms / 1000)} s` : 'Tries again now';
}

export function describeOutcome({ outcome, reason }: NonNullable<Turn['finished']>): Standing {
  switch (outcome) {
    case 'replied':
      return { tone: 'good', text: 'Replied' };
    case 'no_rule':
      return { tone: 'plain', text: 'No rule matched' };
    case 'suppressed':
      return { tone: 'plain', text: `Not answered: ${words(reason ?? 'on purpose')}` };
    case 'stale':
      return { tone: 'warn', text: 'Too old to answer' };
    case 'quarantined':
      return { tone: 'bad', text: `Set aside: ${words(reason ?? 'it cannot be answered')}` };
  }
}

/** Why a message comes again, of what its name leaves open. */
const WAITS: Readonly<Record<string, string>> = {
  ambiguous: 'Twilio may have the reply already, so the bot looks for it first',
  settling: 'Twilio may have the reply already, so the bot looks for it first',
  webhook_awaited: 'the webhook of an earlier message may still come',
};

/** What stands under a message that was handed back to the queue, while it waits there. */
export function explainWait({ finished, dueAt, steps }: Turn, now: number): string | undefined {
  if (finished !== undefined || dueAt === undefined) return undefined;
  const last = steps.findLast((step) => step.kind === 'queue');
  const reason = last?.reason ?? 'it waits behind another message';
  return `${waitsFor(dueAt - now)}: ${WAITS[reason] ?? words(reason)}`;
}

/** `own_author` as people write it. */
export function words(name: string): string {
  return name.replaceAll('_', ' ');
}

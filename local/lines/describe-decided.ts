import { addressOf } from '../../lib/event/subject.ts';
import type { BotStep, HandedBackStep } from '../bot/bot-step.ts';
import { nameRules } from '../describe-decision.ts';
import { readOtherwise } from '../read-otherwise.ts';
import type { Line } from './line.ts';
import type { CustomerNames } from './name-customers.ts';

type Decided = Extract<BotStep, { readonly kind: 'decision' }>;
type Finished = Extract<BotStep, { readonly kind: 'finished' }>;

/** Which rules answer; undefined where nothing is answered, of which describeSilence speaks. */
export function describeAnswer({ event, decision }: Decided, names: CustomerNames): Line | undefined {
  if (decision.outcome !== 'reply') return undefined;
  const who = names.of(addressOf(event)?.conversationSid);
  if (decision.shares.length > 1 || readOtherwise(decision.rule) === undefined) {
    const verb = decision.shares.length > 1 ? 'answer' : 'answers';
    return { kind: 'decision', who, text: `${nameRules(decision)} ${verb}`, style: 'green' };
  }
  return { kind: 'decision', who, text: `${decision.rule} answers, as no rule matched`, style: 'yellow' };
}

/** Why nothing was answered, in the sentence that the page shows; undefined where it was. */
export function describeSilence({ event, record, why }: Finished, names: CustomerNames): Line | undefined {
  const { finished, rule } = record;
  if (finished === undefined || finished.outcome === 'replied') return undefined;
  const who = names.of(addressOf(event)?.conversationSid);
  if (finished.outcome === 'quarantined') {
    const reason = finished.reason ?? 'it cannot be answered';
    return { kind: 'decision', who, text: `set aside: ${why ?? reason}`, style: 'red' };
  }
  // Most events are told so that some rule may wait for them. `otherwise` is about messages.
  if (finished.outcome === 'no_rule' && !('Body' in event)) {
    return { kind: 'decision', who, text: `no rule takes this ${event.EventType}`, style: 'dim' };
  }
  const by = rule === undefined ? '' : `rule ${rule}: `;
  const reason = why ?? finished.reason ?? finished.outcome;
  // The line before says which rule answers.
  if (finished.reason === 'dry_run')
    return { kind: 'decision', who, text: `not sent: ${reason}`, style: 'yellow' };
  return { kind: 'decision', who, text: `not answered: ${by}${reason}`, style: 'yellow' };
}

export function describeHandedBack({ event, reason, attempt }: HandedBackStep, names: CustomerNames): Line {
  const who = names.of(addressOf(event)?.conversationSid);
  const text = `attempt ${attempt} did not finish (${reason}); it comes again`;
  return { kind: 'retry', who, text, style: 'yellow' };
}

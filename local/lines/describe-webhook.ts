import type { WebhookAnswered } from '../../emulator/index.ts';
import { addressOf } from '../../lib/event/subject.ts';
import type { ReceivedStep } from '../bot/bot-step.ts';
import type { Line } from './line.ts';
import type { CustomerNames } from './name-customers.ts';

/**
 * A webhook that reached the bot, by what the bot made of it.
 *
 * @returns undefined for a receipt that is only counted; of one that failed the log warns
 */
export function describeReceived(
  { outcome, status, reason, event }: ReceivedStep,
  names: CustomerNames,
): Line | undefined {
  if (reason === 'receipt') return undefined;
  const about = event === undefined ? undefined : addressOf(event)?.conversationSid;
  const name = event?.EventType ?? 'a webhook';
  const isGood = outcome === 'accepted' || outcome === 'ignored';
  const why = reason === event?.EventType ? '' : `: ${IN_WORDS[reason] ?? reason.replaceAll('_', ' ')}`;
  return {
    kind: 'webhook',
    who: names.of(about),
    text: `${name} ${outcome} with ${status}${why}`,
    style: isGood ? 'dim' : 'red',
  };
}

/** One that did not get there, or that nobody there could answer. */
export function describeLost({ event, outcome, status, attempt }: WebhookAnswered): Line {
  const again = attempt === 0 ? '' : `, attempt ${attempt + 1}`;
  const how = outcome === 'answered' ? `answered with ${status}` : ENDINGS[outcome];
  return { kind: 'webhook', text: `${event} ${how}${again}`, style: 'red' };
}

const ENDINGS = {
  timeout: 'not answered within 5 seconds',
  unreachable: 'not answered: nobody listens there',
  dropped: 'not sent: a fault dropped it',
} as const;

/** What a reason of lib/receive/receive.ts does not say by itself. */
const IN_WORDS: Readonly<Record<string, string>> = {
  not_wanted: 'no rule waits for it',
  no_conversation: 'it is about no conversation',
  pre_action: 'it asks before something happens, and the bot has nothing against it',
  unknown_event: 'the bot does not know this event',
  signature: 'its signature is not ours',
};

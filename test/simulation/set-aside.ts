import type { MessageRecord } from '../../lib/record/message-record.ts';
import type { Written } from './oracle.ts';
import { repliesTo } from './replies.ts';
import type { SimulatedWorld } from './world.ts';

/** What befell the processes that worked on one event. */
export interface Trials {
  /** How often one died, stood still until it was given up, or could not say that it lives. */
  readonly deaths: number;
  /** Requests to Twilio that failed, or had no answer. */
  readonly failures: number;
}

export const NO_TRIALS: Trials = { deaths: 0, failures: 0 };

/** So many times it has to go wrong, at the least, for a message to be set aside (lib/record/tries.ts). */
export const DEATHS = 3;
export const FAILURES = 5;

/**
 * What fails each time is set aside, and chance fails each time now and then: what is due then is what was sent by that
 * time. Nothing else is forgiven: it must have gone wrong often enough.
 */
export function unlessSetAside(
  world: Pick<SimulatedWorld, 'shown' | 'authors' | 'watch'>,
  message: Written,
  record: MessageRecord | undefined,
): Written {
  const { finished, eventType } = record ?? {};
  if (finished?.outcome !== 'quarantined' || message.outcome.includes('quarantined')) return message;
  const { deaths, failures } = world.watch.trials(`${eventType}|${message.sid}`);
  const isBadLuck = finished.reason === 'process_died' ? deaths >= DEATHS : failures >= FAILURES;
  if (!isBadLuck) return message;
  const { due, most = due, parts = most } = message;
  const sent = Math.min(due, repliesTo(world, message).length);
  return { ...message, due: sent, most, parts, outcome: 'quarantined' };
}

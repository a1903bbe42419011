import type { Part } from '../record/message-record.ts';

/** Two clocks of ours may each be a second off, and what Twilio lists two seconds old. */
const SKEW_AND_LAG_MS = 4_000;

/**
 * From when on a part that Twilio does not list was not sent, in milliseconds since the epoch. A POST that takes effect
 * within `settleMs` after it was started is seen by whoever asks then, although clocks differ and lists lag.
 */
export function settlesAt({ sendingSince = 0 }: Part, settleMs: number): number {
  return sendingSince + settleMs + SKEW_AND_LAG_MS;
}

import type { Part } from '../record/message-record.ts';

/** Two clocks of ours may each be a second off. */
const CLOCKS_DIFFER_MS = 2_000;
/** What Twilio lists may be so old. */
const LISTS_LAG_MS = 2_000;

/**
 * From when on a part that Twilio does not list was not sent, in milliseconds since the epoch. A POST that takes effect
 * within `settleMs` after it was started is seen by whoever asks then, although clocks differ and lists lag.
 */
export function settlesAt({ sendingSince = 0 }: Part, settleMs: number): number {
  return sendingSince + settleMs + CLOCKS_DIFFER_MS + LISTS_LAG_MS;
}

/**
 * How long to wait for that, in milliseconds; 0 when it is settled. A little more than the rest, since a process whose
 * clock is behind would find it too early again, and that delivery would be lost.
 */
export function settleWait(part: Part, settleMs: number, now: number): number {
  const rest = settlesAt(part, settleMs) - now;
  return rest > 0 ? rest + CLOCKS_DIFFER_MS : 0;
}

import type { OpenWork } from './open-work.ts';

/** Longer than what looking for lost messages takes where somebody wrote in the last hour (docs/scale.md). */
export const PATIENCE_MS = 15 * 60_000;
/** As long as the queue's backoff makes a hundred deliveries last; then an event is a dead letter. */
const IN_QUEUE_MS = 12 * 3_600_000;

/**
 * Whether an event that has no outcome may still get one by itself: it is young, in the spool, or perhaps on the queue,
 * of which nobody can see what is on it.
 * @param at when it happened or was heard of, in milliseconds since the epoch
 */
export function mayWait(
  { now, work }: { readonly now: number; readonly work: OpenWork },
  key: string,
  at: number,
): boolean {
  const age = now - at;
  if (age < PATIENCE_MS || work.spooled.has(key)) return true;
  return !work.dead.has(key) && work.queued > 0 && age < IN_QUEUE_MS;
}

import { hourOf, QUARTER_MS, quarterOf } from '../record/active.ts';

/**
 * When which conversation is looked at. After its last known activity, A:
 *
 *   A ──5m──5m── … ──5m── A+1h ───────── A+2h ───────────── A+6h ──────────────────── A+24h
 *   │  each five minutes    │              │                  │                         │
 *
 * One look at everything that is due is a round. A round looks at what came due since the round before began, however
 * long ago that was, so that none of these moments is skipped when a run fails or takes long.
 */
export interface Round {
  /** When it began, in milliseconds since the epoch. */
  readonly at: number;
  /** When the round before began. */
  readonly since: number;
}

const HOUR_MS = 3_600_000;
/** How long after A each round looks. */
const OFTEN_MS = HOUR_MS;
const LATER_MS = [OFTEN_MS, 2 * HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];
/** Marks live for two days; what came due later than that is not known any more. */
const KNOWN_MS = 48 * HOUR_MS;
/** Whoever marked it may have a clock that is ahead of ours. */
const SKEW_MS = 60_000;

export const ROUND_EVERY_MS = 300_000;
/** Schedules do not keep the second. */
const EARLY_MS = 30_000;

export function isRoundDue(lastBeganAt: number, now: number): boolean {
  return now - lastBeganAt >= ROUND_EVERY_MS - EARLY_MS;
}

/** @param activeAt A, in milliseconds since the epoch. */
export function isDue(activeAt: number, round: Round): boolean {
  return spansDue(round).some(({ after, until }) => activeAt > after && activeAt <= until);
}

/** Whether what was active then is the next round's. @param activeAt in milliseconds since the epoch. */
export function isLater(activeAt: number, round: Round): boolean {
  return activeAt > round.at + SKEW_MS;
}

/** The quarters of an hour in which conversations that are due may have been marked, the freshest first. */
export function quartersDue(round: Round): readonly string[] {
  const spans = spansDue(round);
  const latest = Math.floor((round.at + SKEW_MS) / QUARTER_MS) * QUARTER_MS;
  const starts = Array.from({ length: KNOWN_MS / QUARTER_MS + 1 }, (_, back) => latest - back * QUARTER_MS);
  return starts
    .filter((start) => spans.some(({ after, until }) => start + QUARTER_MS > after && start <= until))
    .map(quarterOf);
}

/** The hours of these quarters, by which the version before kept its marks, and those before them. */
export function hoursDue(round: Round): readonly string[] {
  const hours = quartersDue(round).flatMap((quarter) => {
    const at = Date.parse(`${quarter}:00Z`);
    return [hourOf(at), hourOf(at - HOUR_MS)];
  });
  return [...new Set(hours)];
}

/** Spans of A. */
function spansDue({ at, since }: Round): readonly { readonly after: number; readonly until: number }[] {
  const often = { after: at - OFTEN_MS, until: at + SKEW_MS };
  return [often, ...LATER_MS.map((later) => ({ after: since - later, until: at - later }))];
}

import type { Asked, Counts, Spoken } from './guard.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * Each window is counted in stretches, so that what is kept stays small however large the budget is: at most 61, 61,
 * 31 and 25 pairs of numbers. A reply counts for its whole stretch, so a window is never shorter than its name says,
 * and at most one stretch longer.
 */
const WINDOWS = {
  taps: { lengthMs: MINUTE, stretchMs: SECOND },
  minute: { lengthMs: MINUTE, stretchMs: SECOND },
  hour: { lengthMs: HOUR, stretchMs: 2 * MINUTE },
  day: { lengthMs: 24 * HOUR, stretchMs: HOUR },
} as const satisfies Readonly<Record<keyof Spoken, object>>;

type Window = keyof typeof WINDOWS;

/** The longest that a reply counts for the budget of a minute. */
export const LONGEST_MINUTE_MS = WINDOWS.minute.lengthMs + WINDOWS.minute.stretchMs;

const SILENT: Spoken = { taps: [], minute: [], hour: [], day: [] };

/** Counts one reply at `now`; what no window reaches any more is forgotten. */
export function countReply(spoken: Spoken = SILENT, now: number, tap: boolean): Spoken {
  const next = (window: Window, counts: boolean) => {
    const live = liveCounts(spoken, window, now);
    if (!counts) return live;
    const stretch = Math.floor(now / WINDOWS[window].stretchMs);
    const [latest, replies] = live.at(-1) ?? [];
    return latest === stretch
      ? [...live.slice(0, -1), [stretch, (replies ?? 0) + 1] as const]
      : [...live, [stretch, 1] as const];
  };
  return {
    taps: next('taps', tap),
    minute: next('minute', !tap),
    hour: next('hour', true),
    day: next('day', true),
  };
}

/** Replies in the window that ends at `now`. */
export function repliesWithin(spoken: Spoken | undefined, window: Window, now: number): number {
  return liveCounts(spoken ?? SILENT, window, now).reduce((sum, [, replies]) => sum + replies, 0);
}

function liveCounts(spoken: Spoken, window: Window, now: number): Counts {
  const { lengthMs, stretchMs } = WINDOWS[window];
  // The end of a stretch decides: a reply given in its last moment is still within the window.
  return spoken[window].filter(([stretch]) => (stretch + 1) * stretchMs > now - lengthMs);
}

/** Whether a window's budget of `replies` is spent. */
export function isSpent(asked: Asked, window: Window, replies: number): boolean {
  return repliesWithin(asked.conversation.spoken, window, asked.now) >= replies;
}

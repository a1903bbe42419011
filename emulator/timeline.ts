import type { Clock } from '../lib/ports.ts';

/**
 * The world's time: the injected clock, which can be frozen and moved. Everything that happens later in the
 * world (receipts, conversation timers, delayed webhooks, late commits) waits here and nowhere else.
 */
export interface Timeline {
  /** Milliseconds since the epoch, in the world. */
  now(): number;
  /** Runs `task` once, `ms` milliseconds of world time from now, never before this call returns. */
  after(ms: number, task: () => void): void;
  readonly frozen: boolean;
  /** Stops the world's time. What is due waits until time is resumed or moved. */
  freeze(): void;
  resume(): void;
  /** Moves the world's time by `ms` (negative: back), doing on the way, in order, everything that falls due. */
  move(ms: number): void;
  /** Forgets everything that waits. */
  clear(): void;
  /** When the next waiting thing is due, in world time. */
  nextDue(): number | undefined;
}

interface Waiting {
  readonly at: number;
  readonly task: () => void;
}

/** A real timer set for longer than 24.8 days fires at once, so nothing sleeps longer than this. */
const LONGEST_SLEEP_MS = 3_600_000;

/**
 * @param clock the machine's (or a simulation's) time
 * @param report called with an error that a task throws; a task that fails does not stop the others
 */
export function createTimeline(clock: Clock, report: (error: unknown) => void): Timeline {
  const waiting: Waiting[] = [];
  const wakeUps = new Set<number>();
  let offset = 0;
  let frozenAt: number | undefined;
  let running: number | undefined;

  const now = () => running ?? frozenAt ?? clock.now() + offset;

  function wakeForNext(): void {
    const next = waiting[0];
    if (next === undefined || frozenAt !== undefined) return;
    const wait = Math.min(Math.max(next.at - now(), 0), LONGEST_SLEEP_MS);
    const at = clock.now() + wait;
    for (const wakeUp of wakeUps) if (wakeUp <= at) return;
    wakeUps.add(at);
    void clock.sleep(wait).then(() => {
      wakeUps.delete(at);
      if (frozenAt === undefined) runUntil(now());
      wakeForNext();
    });
  }

  function runUntil(end: number): void {
    for (let next = waiting[0]; next !== undefined && next.at <= end; next = waiting[0]) {
      waiting.shift();
      running = Math.max(next.at, running ?? next.at);
      try {
        next.task();
      } catch (error) {
        report(error);
      }
    }
    running = undefined;
  }

  return {
    now,
    after: (ms, task) => {
      const at = now() + Math.max(0, ms);
      waiting.splice(firstLaterThan(waiting, at), 0, { at, task });
      wakeForNext();
    },
    get frozen() {
      return frozenAt !== undefined;
    },
    freeze: () => {
      frozenAt = now();
    },
    resume: () => {
      if (frozenAt === undefined) return;
      offset = frozenAt - clock.now();
      frozenAt = undefined;
      wakeForNext();
    },
    move: (ms) => {
      const end = now() + ms;
      runUntil(end);
      if (frozenAt === undefined) offset = end - clock.now();
      else frozenAt = end;
      wakeForNext();
    },
    clear: () => {
      waiting.length = 0;
    },
    nextDue: () => waiting[0]?.at,
  };
}

/** Keeps things due at the same moment in the order they were asked for. */
function firstLaterThan(waiting: readonly Waiting[], at: number): number {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((waiting[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

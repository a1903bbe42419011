import type { Clock, Random } from '../../lib/ports.ts';

/**
 * Virtual time. Everything that waits sits in one heap, ordered by time and then by a draw of the seed, so one seed
 * is one history. Between two steps all promises are run to their ends.
 */
export interface Scheduler extends Clock {
  readonly random: Random;
  /** Runs everything due until nothing is left or `until` (milliseconds since the epoch) is reached. */
  run(until: number): Promise<void>;
  /** Runs `task` once, `ms` from now. */
  after(ms: number, task: () => void): void;
  /** Steps taken so far. */
  readonly steps: number;
}

interface Waiting {
  readonly at: number;
  /** Shuffles what is due at the same moment: every interleaving is some seed's. */
  readonly tie: number;
  readonly task: () => void;
}

export const EPOCH = Date.UTC(2026, 0, 1);

export function createScheduler(random: Random): Scheduler {
  const heap: Waiting[] = [];
  let now = EPOCH;
  let steps = 0;

  const after = (ms: number, task: () => void): void => {
    push(heap, { at: now + Math.max(0, ms), tie: random(), task });
  };

  return {
    random,
    now: () => now,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    after,
    get steps() {
      return steps;
    },
    run: async (until) => {
      await settle();
      for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
        pop(heap);
        now = Math.max(now, next.at);
        steps += 1;
        next.task();
        await settle();
      }
      now = Math.max(now, until);
    },
  };
}

/** No I/O is real here, so one turn of the event loop ends every promise that can end. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function earlier(a: Waiting, b: Waiting): boolean {
  return a.at < b.at || (a.at === b.at && a.tie < b.tie);
}

function push(heap: Waiting[], entry: Waiting): void {
  heap.push(entry);
  let at = heap.length - 1;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!earlier(heap[at] as Waiting, heap[parent] as Waiting)) return;
    swap(heap, at, parent);
    at = parent;
  }
}

function pop(heap: Waiting[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let at = 0;
  for (;;) {
    const left = 2 * at + 1;
    const right = left + 1;
    let least = at;
    if (left < heap.length && earlier(heap[left] as Waiting, heap[least] as Waiting)) least = left;
    if (right < heap.length && earlier(heap[right] as Waiting, heap[least] as Waiting)) least = right;
    if (least === at) return;
    swap(heap, at, least);
    at = least;
  }
}

function swap(heap: Waiting[], i: number, j: number): void {
  [heap[i], heap[j]] = [heap[j] as Waiting, heap[i] as Waiting];
}

/** Mulberry32: small, fast, and the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

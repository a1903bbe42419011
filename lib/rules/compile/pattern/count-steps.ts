import type { Automaton } from './build-automaton.ts';
import { findMeetings } from './find-meetings.ts';
import { groupLinks, type Sums, sumLargest } from './group-links.ts';
import { listSpots, type Move, type SpotOptions } from './list-spots.ts';

export interface CountOptions extends SpotOptions {
  /** Characters of the text. */
  readonly length: number;
  /** Counting ends beyond it. */
  readonly limit: number;
  /** Whether to find out which spots no text leads to at once. It takes longer and counts closer. */
  readonly compare: boolean;
}

/**
 * The steps that a backtracking search can take in any text of `length` characters: a bound, counted. A step is a
 * character tried, taken or not, or an assertion, or a round of a repetition that is given up as empty.
 *
 * Backtracking goes through all ways to match a beginning of the text; so its steps are those ways, counted over all
 * beginnings. Ways that lead to the same spot of the pattern go on alike, and are counted together. With `a?a?b` in
 * "aa…", after one `a`, there are two: one behind the first `a?`, one behind the second. We count, character by
 * character, how many ways lead to each spot in the text that is worst for it. Two things keep that near the truth:
 *
 * - Of spots that no text leads to at once only the worst counts: `(?:a|b){20}` has 1 way, not 2²⁰ (find-meetings.ts).
 * - Where the pattern is at its end, the search is too. What comes to such a spot a second time would have been found
 *   the first time, so there is at most one way to it. That makes `\d+` linear and leaves `\d+x` quadratic.
 *
 * @returns above the limit, what it comes to when it goes on like that; Infinity when there is too much to count
 */
export function countSteps(automaton: Automaton, options: CountOptions): number {
  const { length, limit, compare } = options;
  const spots = listSpots(automaton, options);
  if (spots === undefined) return Number.POSITIVE_INFINITY;
  const meet = compare ? findMeetings(spots) : undefined;
  let counts = new Float64Array(spots.count);
  counts[0] = 1;
  let moves: readonly Step[] = [];
  let sum = 0;
  for (let at = 0; at <= length; at++) {
    // Any grouping is right, and which is best depends on the counts: again at 0, 1, 3, 7, 15 …
    if ((at & (at + 1)) === 0) moves = spots.moves.map((move) => prepare(move));
    const next = new Float64Array(spots.count);
    let most = 0;
    const live = spotsOf(counts);
    for (const move of moves) most = Math.max(most, advance(move, live, counts, next));
    sum += most;
    if (sum > limit) return (sum * (length + 1)) / (at + 1);
    if (areEqual(counts, next)) return sum + most * (length - at);
    counts = next;
  }
  return sum;

  function prepare({ links, costs, accepts }: Move): Step {
    const steps = costs.map((ways, from) => ({ from, to: 0, ways }));
    return { accepts, links: groupLinks(links, counts, meet), steps: groupLinks(steps, counts, meet) };
  }
}

/** What a letter does, ready to be counted. */
interface Step {
  readonly accepts: readonly boolean[];
  readonly links: Sums;
  /** As if they were ways to one spot. */
  readonly steps: Sums;
}

/** Loops, since they run 4,096 times over thousands of spots. */
function spotsOf(counts: Float64Array): readonly number[] {
  const live: number[] = [];
  for (let spot = 0; spot < counts.length; spot++) if (counts[spot] !== 0) live.push(spot);
  return live;
}

function areEqual(counts: Float64Array, others: Float64Array): boolean {
  for (let spot = 0; spot < counts.length; spot++) if (counts[spot] !== others[spot]) return false;
  return true;
}

/** Raises the next counts to what this letter can make of them, and returns the steps that it takes. */
function advance(move: Step, live: readonly number[], counts: Float64Array, next: Float64Array): number {
  const now = live.map((spot) => {
    const count = counts[spot] ?? 0;
    return move.accepts[spot] ? Math.min(count, 1) : count;
  });
  sumLargest(move.links, live, now, (spot, count) => {
    next[spot] = Math.max(next[spot] ?? 0, count);
  });
  let steps = 0;
  sumLargest(move.steps, live, now, (_, count) => {
    steps = count;
  });
  return steps;
}

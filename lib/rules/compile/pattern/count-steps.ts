import { findMeetings } from './find-meetings.ts';
import { groupLinks, type OrderedLinks, orderLinks, raiseToSums, type Sums } from './group-links.ts';
import type { Move, Spots } from './list-spots.ts';

export interface Text {
  /** Characters. */
  readonly length: number;
  /** Beyond it nothing is counted any closer. */
  readonly limit: number;
}

export interface CountOptions extends Text {
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
 * @returns above the limit, what it comes to when it goes on like that
 */
export function countSteps(spots: Spots, { length, limit, compare }: CountOptions): number {
  const meetings = compare ? findMeetings(spots) : undefined;
  let counts = new Float64Array(spots.count);
  counts[0] = 1;
  const ordered = spots.moves.map((move) => order(move, spots.count));
  let moves: readonly Step<Sums>[] = [];
  let sum = 0;
  for (let at = 0; at <= length; at++) {
    // Any grouping is right, and which is best depends on the counts: again at 0, 1, 3, 7, 15 …
    if (at === 0 || (meetings !== undefined && (at & (at + 1)) === 0)) moves = ordered.map(group);
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

  function group({ accepts, links, steps }: Step<OrderedLinks>): Step<Sums> {
    return {
      accepts,
      links: groupLinks(links, counts, meetings),
      steps: groupLinks(steps, counts, meetings),
    };
  }
}

/** What a letter does, ready to be counted. */
interface Step<Links> {
  readonly accepts: readonly boolean[];
  readonly links: Links;
  /** As if they were ways to one spot. */
  readonly steps: Links;
}

function order({ links, costs, accepts }: Move, count: number): Step<OrderedLinks> {
  const steps = costs.map((ways, from) => ({ from, to: 0, ways }));
  return { accepts, links: orderLinks(links, count), steps: orderLinks(steps, count) };
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
function advance(
  move: Step<Sums>,
  live: readonly number[],
  counts: Float64Array,
  next: Float64Array,
): number {
  const now = live.map((spot) => {
    const count = counts[spot] ?? 0;
    return move.accepts[spot] ? Math.min(count, 1) : count;
  });
  raiseToSums(move.links, live, now, next);
  const steps = new Float64Array(1);
  raiseToSums(move.steps, live, now, steps);
  return steps[0] ?? 0;
}

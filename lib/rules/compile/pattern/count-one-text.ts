import type { Text } from './count-steps.ts';
import type { Link, Move, Spots } from './list-spots.ts';

/** What one letter does, by the spot from which it is taken. */
interface Letter extends Pick<Move, 'costs' | 'accepts'> {
  readonly links: readonly (readonly Link[])[];
}

/** How many ways lead to each spot that is led to, and the steps so far. */
interface Trial {
  readonly spots: readonly number[];
  readonly counts: readonly number[];
  readonly steps: number;
  /** The steps, and those that are to come at least. */
  readonly worth: number;
}

/**
 * The steps that countSteps counts on one of two texts: in the first all letters take turns, in the second each is the
 * costliest next one. On the text that is worst it counts these or more, however it groups; so where they are beyond
 * the limit, there is nothing to compare.
 */
export function countOneText({ count, moves }: Spots, text: Text): number {
  const letters = moves.filter(({ letter }) => letter !== undefined).map((move) => linked(move, count));
  const sums = new Float64Array(count);
  const inTurn = tryText((at) => letters.slice(at % letters.length).slice(0, 1), sums, text);
  return inTurn > text.limit ? inTurn : tryText(() => letters, sums, text);
}

/** @param lettersAt from which the costliest is chosen */
function tryText(
  lettersAt: (at: number) => readonly Letter[],
  sums: Float64Array,
  { length, limit }: Text,
): number {
  let trial: Trial = { spots: [0], counts: [1], steps: 0, worth: 0 };
  for (let at = 0; at < length && trial.spots.length > 0 && trial.steps <= limit; at++) {
    const before = trial;
    trial = lettersAt(at)
      .map((letter) => take(letter, before, sums))
      .reduce((best, other) => (other.worth > best.worth ? other : best));
  }
  return trial.steps;
}

function linked({ links, costs, accepts }: Move, count: number): Letter {
  const byOrigin: Link[][] = Array.from({ length: count }, () => []);
  for (const link of links) byOrigin[link.from]?.push(link);
  return { links: byOrigin, costs, accepts };
}

/** @param sums a number for each spot, zero before and after */
function take({ links, costs, accepts }: Letter, { spots, counts, steps }: Trial, sums: Float64Array): Trial {
  const next: number[] = [];
  let all = steps;
  for (let index = 0; index < spots.length; index++) {
    const spot = spots[index] ?? 0;
    const known = counts[index] ?? 0;
    const ways = accepts[spot] ? Math.min(known, 1) : known;
    all += ways * (costs[spot] ?? 0);
    for (const link of links[spot] ?? []) {
      if (sums[link.to] === 0) next.push(link.to);
      sums[link.to] = (sums[link.to] ?? 0) + ways * link.ways;
    }
  }
  const found: number[] = [];
  let worth = all;
  for (const spot of next) {
    const sum = sums[spot] ?? 0;
    found.push(sum);
    worth += sum;
    sums[spot] = 0;
  }
  return { spots: next, counts: found, steps: all, worth };
}

import { MATCHED_LENGTH } from '../../../text/cut-text.ts';
import { type Alternatives, type Automaton, buildAutomaton } from './build-automaton.ts';
import { type Link, listSpots, type Move } from './list-spots.ts';
import { TooManyPartsError } from './too-many-parts-error.ts';

/** A text, and how many ways lead to each spot in it. */
interface Trial {
  readonly text: string;
  readonly counts: ReadonlyMap<number, number>;
  readonly steps: number;
}

/** So many texts are made longer side by side. */
const WIDTH = 12;

/**
 * A text that takes many steps: letter by letter the costliest, of a few at a time. It shows an author what is wrong
 * and gives tests something to attack with; nothing is concluded from it.
 * @param length In characters; what is found may be shorter.
 * @returns undefined when the pattern is too large
 */
export function findAttack(pattern: Alternatives, length: number): string | undefined {
  try {
    return search(buildAutomaton(pattern, { length: MATCHED_LENGTH, countInner: () => 0 }), length);
  } catch (error) {
    if (error instanceof TooManyPartsError) return undefined;
    throw error;
  }
}

function search(automaton: Automaton, length: number): string {
  const spots = listSpots(automaton, { begin: 'start', everywhere: true, memory: 0 });
  const moves = spots.moves.map((move) => ({
    ...move,
    from: Map.groupBy(move.links, ({ from }) => from),
  }));
  let trials: readonly Trial[] = [{ text: '', counts: new Map([[0, 1]]), steps: 0 }];
  for (let at = 0; at < length; at++) {
    const longer = trials.flatMap((trial) => moves.flatMap((move) => lengthen(trial, move) ?? []));
    if (longer.length === 0) break;
    trials = [
      ...new Map(
        longer.toSorted((a, b) => worth(a) - worth(b)).map((trial) => [keyOf(trial), trial]),
      ).values(),
    ]
      .toReversed()
      .slice(0, WIDTH);
  }
  return trials[0]?.text ?? '';
}

interface LinkedMove extends Move {
  readonly from: ReadonlyMap<number, readonly Link[]>;
}

function lengthen(
  { text, counts, steps }: Trial,
  { letter, costs, accepts, from }: LinkedMove,
): Trial | undefined {
  if (letter === undefined) return undefined;
  const next = new Map<number, number>();
  let sum = steps;
  for (const [spot, count] of counts) {
    // It would have been found: not a text to attack with.
    if (accepts[spot]) return undefined;
    sum += count * (costs[spot] ?? 0);
    for (const { to, ways } of from.get(spot) ?? []) next.set(to, (next.get(to) ?? 0) + count * ways);
  }
  return { text: text + letter.sample, counts: next, steps: sum };
}

function worth({ steps, counts }: Trial): number {
  return steps + [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** Of texts that lead to the same spots only the costliest goes on. */
function keyOf({ counts }: Trial): string {
  return [...counts.keys()].sort((a, b) => a - b).join();
}

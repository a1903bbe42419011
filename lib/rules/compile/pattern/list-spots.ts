import { type Letter, readAlphabet } from './alphabet.ts';
import type { Automaton } from './build-automaton.ts';
import { type CloseSteps, closeSteps } from './close-steps.ts';

/**
 * Where a search can be between two characters of the text: spot 0 before all; any other behind a `char` node that has
 * taken the last character, or before the pattern again, when a search begins anew further on.
 */
interface Spot {
  /** The node to go on with. */
  readonly entry: number;
  readonly beginsAnew: boolean;
  /** As `\b` asks. */
  readonly wordBefore: boolean;
  /** The last letters, as many as are remembered. */
  readonly past: string;
}

/** From a spot to another, by taking a letter. */
export interface Link {
  readonly from: number;
  readonly to: number;
  /** In how many ways. */
  readonly ways: number;
}

/** What one letter does to searches, or the end of the text. */
export interface Move {
  /** Nothing at the end. */
  readonly letter: Letter | undefined;
  readonly links: readonly Link[];
  /** For each spot: the steps of a search there until it has taken the letter, or given up. */
  readonly costs: readonly number[];
  /** For each spot: whether a search there ends, since all is found. */
  readonly accepts: readonly boolean[];
}

export interface Spots {
  readonly count: number;
  readonly moves: readonly Move[];
}

/** Where a search begins: at the start of the text, or behind a character as `\b` sees it. */
export type Begin = 'start' | 'behindWord' | 'behindOther';

export interface SpotOptions {
  readonly begin: Begin;
  /** A search begins at each later character too. */
  readonly everywhere: boolean;
  /** Searches that came by other last letters are at other spots, so many letters back. */
  readonly memory: number;
}

/** With a memory there may be many more spots than nodes; more than these could not be compared (find-meetings.ts). */
const MOST_REMEMBERED = 1_500;

/** @returns undefined when there are too many to remember by */
export function listSpots(automaton: Automaton, options: SpotOptions & { readonly memory: 0 }): Spots;
export function listSpots(automaton: Automaton, options: SpotOptions): Spots | undefined;
export function listSpots(
  automaton: Automaton,
  { begin, everywhere, memory }: SpotOptions,
): Spots | undefined {
  const { nodes, start } = automaton;
  const { asksForWords, asksForEnd, alphabet, close } = readOnce(automaton);
  const spots: Spot[] = [
    { entry: start, beginsAnew: everywhere, wordBefore: begin === 'behindWord', past: '' },
  ];
  const known = new Map<string | number, number>();
  const moves = [...alphabet, undefined].map((letter) => ({
    letter,
    links: [] as Link[],
    costs: [] as number[],
    accepts: [] as boolean[],
  }));

  for (const [from, spot] of spots.entries()) {
    if (memory > 0 && spots.length > MOST_REMEMBERED) return undefined;
    for (const [index, { letter, links, costs, accepts }] of moves.entries()) {
      const wordAfter = letter?.isWord ?? false;
      const around = {
        atStart: from === 0 && begin === 'start',
        atEnd: asksForEnd && letter === undefined,
        wordBefore: spot.wordBefore,
        wordAfter,
      };
      const { cost, accepts: ends, tried } = close(spot.entry, around);
      costs.push(cost);
      accepts.push(ends);
      if (letter === undefined) continue;
      const past = memory === 0 ? '' : (spot.past + String.fromCharCode(index)).slice(-memory);
      const rest = { wordBefore: asksForWords && wordAfter, past };
      if (spot.beginsAnew)
        links.push({ from, to: spotFor({ entry: start, beginsAnew: true, ...rest }), ways: 1 });
      for (const [id, ways] of tried) {
        const node = nodes[id];
        if (node?.kind !== 'char' || !letter.taken[node.atom]) continue;
        links.push({ from, to: spotFor({ entry: node.next, beginsAnew: false, ...rest }), ways });
      }
    }
  }
  return { count: spots.length, moves };

  /** Where the same is to come, it is the same spot, whatever brought searches there. */
  function spotFor(spot: Spot): number {
    const number = 4 * spot.entry + 2 * Number(spot.beginsAnew) + Number(spot.wordBefore);
    const key = memory === 0 ? number : `${number} ${spot.past}`;
    const at = known.get(key) ?? spots.push(spot) - 1;
    known.set(key, at);
    return at;
  }
}

interface Reading {
  readonly asksForWords: boolean;
  readonly asksForEnd: boolean;
  readonly alphabet: readonly Letter[];
  readonly close: CloseSteps;
}

const readings = new WeakMap<Automaton, Reading>();

/** What is the same wherever a search begins. */
function readOnce(automaton: Automaton): Reading {
  const known = readings.get(automaton);
  if (known !== undefined) return known;
  const { nodes, atoms } = automaton;
  const tests = new Set(nodes.map((node) => node.kind === 'assert' && node.test));
  const asksForWords = tests.has('word') || tests.has('noWord');
  const reading = {
    asksForWords,
    asksForEnd: tests.has('end'),
    alphabet: readAlphabet(atoms, asksForWords),
    close: closeSteps(automaton),
  };
  readings.set(automaton, reading);
  return reading;
}

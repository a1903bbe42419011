import { type Alternatives, type Automaton, buildAutomaton } from './build-automaton.ts';
import { countSteps } from './count-steps.ts';
import type { Begin } from './list-spots.ts';
import { TooManyPartsError } from './too-many-parts-error.ts';

export interface Text {
  /** Characters. */
  readonly length: number;
  /** Beyond it nothing is counted any closer. */
  readonly limit: number;
}

/** So many times the limit is not brought down to it by counting closer. */
const HOPELESS = 20;
const BEGINS: readonly Begin[] = ['start', 'behindWord', 'behindOther'];
/** How many last letters tell spots apart: it counts closer each time, and takes longer. */
const MEMORIES = [0, 2, 4];

/** A bound on the steps of looking for a pattern anywhere in a text; Infinity when it has too many parts to count. */
export function boundSearch(alternatives: Alternatives, text: Text): number {
  const automaton = build(alternatives, text);
  if (automaton === undefined) return Number.POSITIVE_INFINITY;
  const starts = text.length + 1;
  // Quick, and for most patterns enough: as many steps at each character as there can be at one.
  let least = starts * countOnce(automaton, { ...text, limit: text.limit / starts }, false);
  if (least <= text.limit) return least;
  for (const memory of MEMORIES) {
    const steps = countSteps(automaton, { begin: 'start', everywhere: true, memory, compare: true, ...text });
    least = Math.min(least, steps);
    if (least <= text.limit || steps > HOPELESS * text.limit) break;
  }
  return least;
}

/** The same for one place in the text. */
export function boundMatch(alternatives: Alternatives, text: Text): number {
  const automaton = build(alternatives, text);
  return automaton === undefined ? Number.POSITIVE_INFINITY : countOnce(automaton, text, true);
}

/** Whatever stands before the place where the search begins. */
function countOnce(automaton: Automaton, text: Text, compare: boolean): number {
  const counts = BEGINS.map((begin) =>
    countSteps(automaton, { begin, everywhere: false, memory: 0, compare, ...text }),
  );
  return Math.max(...counts);
}

function build(alternatives: Alternatives, text: Text): Automaton | undefined {
  try {
    return buildAutomaton(alternatives, {
      length: text.length,
      countInner: (automaton) => countOnce(automaton, text, true),
    });
  } catch (error) {
    if (error instanceof TooManyPartsError) return undefined;
    throw error;
  }
}

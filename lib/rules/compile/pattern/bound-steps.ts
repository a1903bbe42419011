import { type Alternatives, type Automaton, buildAutomaton } from './build-automaton.ts';
import { countOneText } from './count-one-text.ts';
import { countSteps, type Text } from './count-steps.ts';
import { type Begin, listSpots } from './list-spots.ts';
import { TooManyPartsError } from './too-many-parts-error.ts';

/** So many times the limit is not brought down to it by counting closer. */
const HOPELESS = 20;
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
    const spots = listSpots(automaton, { begin: 'start', everywhere: true, memory });
    if (spots === undefined) break;
    if (memory === 0 && countOneText(spots, text) > text.limit) break;
    const steps = countSteps(spots, { compare: true, ...text });
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
  const counts = beginsOf(automaton).map((begin) => {
    const spots = listSpots(automaton, { begin, everywhere: false, memory: 0 });
    const least = compare ? countOneText(spots, text) : 0;
    return least > text.limit ? least : countSteps(spots, { ...text, compare });
  });
  return Math.max(...counts);
}

/** Those that make a difference to the pattern. */
function beginsOf({ nodes }: Automaton): readonly Begin[] {
  const tests = new Set(nodes.map((node) => node.kind === 'assert' && node.test));
  return [
    'behindOther',
    ...(tests.has('start') ? (['start'] as const) : []),
    ...(tests.has('word') || tests.has('noWord') ? (['behindWord'] as const) : []),
  ];
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

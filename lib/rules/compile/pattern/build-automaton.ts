import type { AST } from '@eslint-community/regexpp';
import { type Places, placesOfCharacter, placesOfClass } from './character-sets.ts';
import { longestMatch } from './longest-match.ts';
import { TooManyPartsError } from './too-many-parts-error.ts';

/**
 * What a backtracking engine does next. All but `split` and `maybe` without a cost are steps: something is tried.
 * `char` takes one character; `assert` looks where it is; `maybe` may go on or not, which nothing here decides;
 * `stop` never goes on; `accept` ends the search.
 */
export type Node =
  | { readonly kind: 'char'; readonly atom: number; readonly next: number }
  | { readonly kind: 'split'; readonly ways: number[] }
  | { readonly kind: 'assert'; readonly test: Test; readonly next: number }
  | { readonly kind: 'maybe'; readonly cost: number; readonly next: number }
  | { readonly kind: 'stop'; readonly cost: number }
  | { readonly kind: 'accept' };

export type Test = 'start' | 'end' | 'word' | 'noWord';

export interface Automaton {
  readonly nodes: readonly Node[];
  readonly start: number;
  /** What the `char` nodes take. */
  readonly atoms: readonly Places[];
}

export type Alternatives = readonly (readonly AST.Element[])[];

/** Parts of a pattern when its counts are multiplied out. */
export const MOST_NODES = 8_000;

/**
 * Where to go on: a repetition ends when a round of it took nothing, so a round must know whether it has taken
 * something yet. Outside of such repetitions both are the same.
 */
interface Next {
  readonly untouched: number;
  readonly taken: number;
}

/** How many steps one search may take that runs the other way: a look-behind, or a look-ahead in one. */
export type CountInner = (automaton: Automaton) => number;

type Direction = 'ahead' | 'behind';

interface Search {
  readonly direction: Direction;
  /** It begins somewhere inside the text, and nothing is known of what is around. */
  readonly inside: boolean;
}

export interface BuildOptions {
  /** No repetition can go round more often than this, since it takes a character each time. */
  readonly length: number;
  readonly countInner: CountInner;
}

/**
 * The pattern as a graph with counts multiplied out, in which each way of a backtracking search is a path:
 * `a{1,3}` is `a(a(a|)|)`. A step the search can take is on a path, so whoever counts paths counts enough.
 */
export function buildAutomaton(
  alternatives: Alternatives,
  options: BuildOptions,
  { direction, inside }: Search = { direction: 'ahead', inside: false },
): Automaton {
  const nodes: Node[] = [];
  const atoms: Places[] = [];
  const atomIds = new Map<Places, number>();
  const accept = add({ kind: 'accept' });
  const empty = add({ kind: 'stop', cost: 1 });
  const found = add({ kind: 'stop', cost: 0 });
  const start = either(alternatives, same(accept), direction).untouched;
  return { nodes, start, atoms };

  function either(ways: Alternatives, next: Next, way: Direction): Next {
    return split(ways.map((elements) => sequence(elements, next, way)));
  }

  function sequence(elements: readonly AST.Element[], next: Next, way: Direction): Next {
    const ordered = way === 'ahead' ? elements.toReversed() : elements;
    return ordered.reduce((after, element) => build(element, after, way), next);
  }

  function build(element: AST.Element, next: Next, way: Direction): Next {
    switch (element.type) {
      case 'Character':
        return char(placesOfCharacter(element.value), next);
      case 'CharacterSet':
      case 'CharacterClass':
        return char(placesOfClass(element.raw), next);
      case 'Group':
      case 'CapturingGroup':
        return either(
          element.alternatives.map((alternative) => alternative.elements),
          next,
          way,
        );
      case 'Quantifier':
        return repeat((after) => build(element.element, after, way), element.min, element.max, next);
      case 'Backreference':
        return backReference(element, next);
      case 'Assertion':
        return assertion(element, next, way);
      default:
        throw new Error(`a pattern with the flags iu cannot have this part: ${element.type}`);
    }
  }

  function char(places: Places, { taken }: Next): Next {
    let atom = atomIds.get(places);
    if (atom === undefined) {
      atom = atoms.push(places) - 1;
      atomIds.set(places, atom);
    }
    return same(add({ kind: 'char', atom, next: taken }));
  }

  /** The rounds that must be made may take nothing; one that need not be made and takes nothing is given up. */
  function repeat(body: (next: Next) => Next, min: number, max: number, next: Next): Next {
    const isEndless = max > options.length;
    let after = isEndless ? endless(body, next) : next;
    for (let round = isEndless ? min : max; round > 0; round--) {
      const end = after;
      after = round > min ? split([begin(body, end.taken), next]) : body(end);
      // An empty round is a round nevertheless.
      if (after === end) after = maybe(1, end);
    }
    return after;
  }

  function endless(body: (next: Next) => Next, next: Next): Next {
    const ways: number[] = [];
    const head = add({ kind: 'split', ways });
    const round = begin(body, head).taken;
    ways.push(round, next.taken);
    return { taken: head, untouched: forked([round, next.untouched], head, ways) };
  }

  /** A round that need not be made. Whatever is around it, nothing is taken by it yet. */
  function begin(body: (next: Next) => Next, end: number): Next {
    return same(body({ untouched: empty, taken: end }).untouched);
  }

  /** What the group took is one text, of a length that only the search knows; so any length it can have. */
  function backReference({ resolved }: AST.Backreference, next: Next): Next {
    const groups = [resolved].flat();
    const most = Math.max(...groups.map((group) => longestMatch(group)));
    const end = maybe(0, next);
    return maybe(
      1,
      repeat((after) => char(placesOfClass('[^]'), after), 0, most, end),
    );
  }

  function assertion(element: AST.Assertion, next: Next, way: Direction): Next {
    if (element.kind === 'lookahead' || element.kind === 'lookbehind') return look(element, next, way);
    if (inside) return maybe(1, next);
    if (element.kind === 'word') return assert(element.negate ? 'noWord' : 'word', next);
    return assert(element.kind, next);
  }

  function look(element: AST.LookaroundAssertion, next: Next, way: Direction): Next {
    const toward = element.kind === 'lookahead' ? 'ahead' : 'behind';
    const ways = element.alternatives.map((alternative) => alternative.elements);
    if (toward === way) return split([either(ways, same(found), way), maybe(1, next)]);
    const steps = options.countInner(buildAutomaton(ways, options, { direction: toward, inside: true }));
    return maybe(1 + steps, next);
  }

  function assert(test: Test, next: Next): Next {
    return pair(next, (to) => add({ kind: 'assert', test, next: to }));
  }

  function maybe(cost: number, next: Next): Next {
    return pair(next, (to) => add({ kind: 'maybe', cost, next: to }));
  }

  function split(ways: readonly Next[]): Next {
    const [only] = ways;
    if (ways.length === 1 && only !== undefined) return only;
    const taken = ways.map((next) => next.taken);
    const untouched = ways.map((next) => next.untouched);
    const head = add({ kind: 'split', ways: taken });
    return { taken: head, untouched: forked(untouched, head, taken) };
  }

  function forked(ways: readonly number[], other: number, otherWays: readonly number[]): number {
    return ways.every((way, at) => way === otherWays[at]) ? other : add({ kind: 'split', ways: [...ways] });
  }

  function pair({ untouched, taken }: Next, make: (to: number) => number): Next {
    const to = make(taken);
    return { taken: to, untouched: untouched === taken ? to : make(untouched) };
  }

  function add(node: Node): number {
    if (nodes.length >= MOST_NODES) throw new TooManyPartsError();
    return nodes.push(node) - 1;
  }
}

function same(to: number): Next {
  return { untouched: to, taken: to };
}

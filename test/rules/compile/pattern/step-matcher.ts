import type { AST } from '@eslint-community/regexpp';
import { parsePattern } from '../../../../lib/rules/compile/pattern/parse-pattern.ts';

export interface Search {
  /** What was found first, as `exec` would find it. */
  readonly found: { readonly index: number; readonly text: string } | undefined;
  /** Characters tried, assertions, and rounds given up as empty. */
  readonly steps: number;
}

interface State {
  /** In characters. */
  readonly at: number;
  readonly groups: ReadonlyMap<AST.CapturingGroup, readonly [from: number, to: number]>;
}

type Next = (state: State) => State | undefined;

/**
 * A backtracking matcher as https://tc39.es/ecma262/#sec-pattern-semantics writes it, with the flags `iu`, that counts
 * its steps. It knows nothing of how they are bounded, and has no shortcuts.
 * @returns undefined when it takes more steps than `most`
 */
export function searchInSteps(source: string, text: string, most: number): Search | undefined {
  const pattern = parsePattern(source);
  const chars = [...text];
  let steps = 0;
  for (let start = 0; start <= chars.length && steps <= most; start++) {
    const end = alternatives(pattern, true, { at: start, groups: new Map() }, (state) => state);
    if (end === undefined || steps > most) continue;
    const index = chars.slice(0, start).join('').length;
    return { found: { index, text: chars.slice(start, end.at).join('') }, steps };
  }
  return steps > most ? undefined : { found: undefined, steps };

  function alternatives(
    part: { readonly alternatives: readonly AST.Alternative[] },
    forward: boolean,
    state: State,
    next: Next,
  ): State | undefined {
    for (const { elements } of part.alternatives) {
      if (steps > most) return undefined;
      const end = sequence(forward ? elements : elements.toReversed(), forward, state, next);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  function sequence(
    elements: readonly AST.Element[],
    forward: boolean,
    state: State,
    next: Next,
  ): State | undefined {
    const [first, ...rest] = elements;
    if (first === undefined) return next(state);
    return match(first, forward, state, (after) => sequence(rest, forward, after, next));
  }

  function match(element: AST.Element, forward: boolean, state: State, next: Next): State | undefined {
    switch (element.type) {
      case 'Group':
        return alternatives(element, forward, state, next);
      case 'CapturingGroup':
        return alternatives(element, forward, state, (after) => {
          const span = [Math.min(state.at, after.at), Math.max(state.at, after.at)] as const;
          return next({ at: after.at, groups: new Map(after.groups).set(element, span) });
        });
      case 'Quantifier':
        return repeat(element, 0, forward, state, next);
      case 'Assertion':
        return assert(element, state, next);
      case 'Backreference':
        return refer(element, forward, state, next);
      default:
        return take(
          forward,
          state,
          (char) => regexFor(element.type === 'Character' ? hex(element.value) : element.raw).test(char),
          next,
        );
    }
  }

  function repeat(
    quantifier: AST.Quantifier,
    round: number,
    forward: boolean,
    state: State,
    next: Next,
  ): State | undefined {
    const { element, min, max, greedy } = quantifier;
    if (round >= max) return next(state);
    if (steps > most) return undefined;
    const again = () =>
      match(element, forward, withoutGroupsOf(element, state), (after) => {
        if (round >= min && after.at === state.at) {
          steps++;
          return undefined;
        }
        return repeat(quantifier, round + 1, forward, after, next);
      });
    if (round < min) return again();
    return greedy ? (again() ?? next(state)) : (next(state) ?? again());
  }

  function assert(assertion: AST.Assertion, state: State, next: Next): State | undefined {
    steps++;
    if (assertion.kind === 'lookahead' || assertion.kind === 'lookbehind') {
      const end = alternatives(assertion, assertion.kind === 'lookahead', state, (after) => after);
      if (assertion.negate) return end === undefined ? next(state) : undefined;
      return end && next({ at: state.at, groups: end.groups });
    }
    return holds(assertion, state.at) ? next(state) : undefined;
  }

  function holds(assertion: AST.EdgeAssertion | AST.WordBoundaryAssertion, at: number): boolean {
    if (assertion.kind === 'start') return at === 0;
    if (assertion.kind !== 'word') return at === chars.length;
    const isWord = (char: string | undefined) => char !== undefined && regexFor('\\w').test(char);
    return (isWord(chars[at - 1]) !== isWord(chars[at])) !== assertion.negate;
  }

  function refer(
    { resolved }: AST.Backreference,
    forward: boolean,
    state: State,
    next: Next,
  ): State | undefined {
    steps++;
    const span = [resolved].flat().flatMap((group) => {
      const known = state.groups.get(group);
      return known === undefined ? [] : [known];
    })[0];
    const [from, to] = span ?? [0, 0];
    const wanted = chars.slice(from, to);
    let after: State | undefined = state;
    for (const char of forward ? wanted : wanted.toReversed()) {
      after = take(
        forward,
        after,
        (other) => regexFor(hex(char.codePointAt(0) ?? 0)).test(other),
        (then) => then,
      );
      if (after === undefined) return undefined;
    }
    return next(after);
  }

  function take(
    forward: boolean,
    state: State,
    takes: (char: string) => boolean,
    next: Next,
  ): State | undefined {
    steps++;
    const char = chars[forward ? state.at : state.at - 1];
    if (char === undefined || !takes(char)) return undefined;
    return next({ ...state, at: state.at + (forward ? 1 : -1) });
  }
}

/** What a group took in the round before is forgotten. */
function withoutGroupsOf(element: AST.Element, { at, groups }: State): State {
  return {
    at,
    groups: new Map([...groups].filter(([group]) => group.start < element.start || group.end > element.end)),
  };
}

const regexes = new Map<string, RegExp>();

function regexFor(source: string): RegExp {
  const regex = regexes.get(source) ?? new RegExp(`^(?:${source})$`, 'iu');
  regexes.set(source, regex);
  return regex;
}

function hex(codePoint: number): string {
  return `\\u{${codePoint.toString(16)}}`;
}

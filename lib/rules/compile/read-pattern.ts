import type { AST } from '@eslint-community/regexpp';
import { parsePattern } from './pattern/parse-pattern.ts';

/** The named groups of a pattern, or of several of which any may match. */
export interface Groups {
  readonly all: readonly string[];
  /** Those that take part in every match: not optional, not in one branch of an alternative only. */
  readonly always: readonly string[];
}

const NONE: Groups = { all: [], always: [] };

/** Reads the source of a RegExp. It must have compiled with the flag `u` before. */
export function readPattern(source: string): Groups {
  return ofAlternatives(parsePattern(source));
}

/** The groups of several patterns of which any may match: sure to be there only if each of them has it. */
export function groupsOfAny(sources: readonly string[]): Groups {
  return any(sources.map(readPattern));
}

function ofAlternatives({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }): Groups {
  return any(alternatives.map(({ elements }) => elements.map(ofElement).reduce(both, NONE)));
}

function ofElement(element: AST.Element): Groups {
  switch (element.type) {
    case 'CapturingGroup': {
      const inside = ofAlternatives(element);
      const { name } = element;
      return name === null ? inside : both({ all: [name], always: [name] }, inside);
    }
    case 'Group':
      return ofAlternatives(element);
    case 'Quantifier': {
      const inside = ofElement(element.element);
      return element.min === 0 ? { ...inside, always: [] } : inside;
    }
    case 'Assertion': {
      if (element.kind !== 'lookahead' && element.kind !== 'lookbehind') return NONE;
      const inside = ofAlternatives(element);
      return element.negate ? { ...inside, always: [] } : inside;
    }
    default:
      return NONE;
  }
}

function any([first = NONE, ...others]: readonly Groups[]): Groups {
  return others.reduce(either, first);
}

function either(a: Groups, b: Groups): Groups {
  return { all: unite(a.all, b.all), always: a.always.filter((name) => b.always.includes(name)) };
}

function both(a: Groups, b: Groups): Groups {
  return { all: unite(a.all, b.all), always: unite(a.always, b.always) };
}

function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

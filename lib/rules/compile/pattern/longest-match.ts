import type { AST } from '@eslint-community/regexpp';

/** How many characters a part of a pattern takes at most. */
export function longestMatch(element: AST.Element, around: readonly AST.Element[] = []): number {
  switch (element.type) {
    case 'Assertion':
      return 0;
    case 'Group':
    case 'CapturingGroup':
      // A group that refers to itself: not worth a thought.
      if (around.includes(element)) return Number.POSITIVE_INFINITY;
      return Math.max(
        ...element.alternatives.map(({ elements }) =>
          sum(elements.map((part) => longestMatch(part, [...around, element]))),
        ),
      );
    case 'Quantifier':
      return element.max === 0 ? 0 : times(element.max, longestMatch(element.element, around));
    case 'Backreference':
      return Math.max(...[element.resolved].flat().map((group) => longestMatch(group, around)));
    default:
      return 1;
  }
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((a, b) => a + b, 0);
}

function times(count: number, length: number): number {
  return length === 0 ? 0 : count * length;
}

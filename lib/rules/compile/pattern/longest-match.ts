import type { AST } from '@eslint-community/regexpp';
import { placesOfCharacter, placesOfClass, reachesBeyondUnits } from './character-sets.ts';

type Atom = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

/**
 * How many characters a part of a pattern takes at most.
 * @param widthOf what one atom counts for; without it one code point
 */
export function longestMatch(
  element: AST.Element,
  widthOf: (atom: Atom) => number = () => 1,
  around: readonly AST.Element[] = [],
): number {
  switch (element.type) {
    case 'Assertion':
      return 0;
    case 'Group':
    case 'CapturingGroup':
      // A group that refers to itself: not worth a thought.
      if (around.includes(element)) return Number.POSITIVE_INFINITY;
      return Math.max(
        ...element.alternatives.map(({ elements }) =>
          sum(elements.map((part) => longestMatch(part, widthOf, [...around, element]))),
        ),
      );
    case 'Quantifier':
      return element.max === 0 ? 0 : times(element.max, longestMatch(element.element, widthOf, around));
    case 'Backreference':
      return Math.max(...[element.resolved].flat().map((group) => longestMatch(group, widthOf, around)));
    default:
      return widthOf(element);
  }
}

/** The UTF-16 units of the longest character that an atom takes: two for an emoji. */
export function unitsOf(atom: Atom): number {
  return reachesBeyondUnits(
    atom.type === 'Character' ? placesOfCharacter(atom.value) : placesOfClass(atom.raw),
  )
    ? 2
    : 1;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((a, b) => a + b, 0);
}

function times(count: number, length: number): number {
  return length === 0 ? 0 : count * length;
}

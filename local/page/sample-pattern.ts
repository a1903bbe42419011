import type { AST } from '@eslint-community/regexpp';
import { parsePattern } from '../../lib/rules/compile/pattern/parse-pattern.ts';

const DIGITS = '1234567890';

/**
 * A short text that a pattern takes, such as `order 123` for `order\s+\d{3,12}`; undefined where none was found: lookaround
 * and references back are not understood.
 * @param source of a RegExp with the flags `iu`
 */
export function samplePattern(source: string): string | undefined {
  try {
    const text = sampleOf(parsePattern(source)).trim();
    return text !== '' && new RegExp(source, 'iu').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

type Part = AST.Element | AST.CharacterClassElement;

function sampleOf({ alternatives }: { readonly alternatives: readonly AST.Alternative[] }): string {
  return (alternatives[0]?.elements ?? []).map((element) => sample(element)).join('');
}

function sample(part: Part, place = 0): string {
  switch (part.type) {
    case 'Group':
    case 'CapturingGroup':
      return sampleOf(part);
    case 'Quantifier':
      return Array.from({ length: part.min }, (_, index) => sample(part.element, index)).join('');
    case 'Character':
      return String.fromCodePoint(part.value);
    case 'CharacterClassRange':
      return String.fromCodePoint(Math.min(part.min.value + place, part.max.value));
    case 'CharacterSet':
      return sampleSet(part, place);
    case 'CharacterClass':
      return part.negate || part.elements[0] === undefined ? 'a' : sample(part.elements[0] as Part, place);
    default:
      return '';
  }
}

function sampleSet(set: AST.CharacterSet | AST.ClassStringDisjunction, place: number): string {
  if (set.type !== 'CharacterSet') return '';
  if (set.kind === 'digit' && !set.negate) return DIGITS.charAt(place % DIGITS.length);
  return set.kind === 'space' && !set.negate ? ' ' : 'a';
}

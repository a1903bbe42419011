import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import { tryParse } from './compose-pattern.ts';

/** What takes characters of the message. */
type Atom = AST.Character | AST.CharacterClass | AST.CharacterSet;

const APOSTROPHE = 0x27;
const CURLY = 0x2019;
const OTHER_LETTER = /[[\p{L}\p{M}\p{N}]--\p{ASCII}]/v;
const OTHER_LETTERS = 'éßяعאकあ漢한ก٣';

/** What is odd about a pattern, though it can be used: each a sentence. */
export function notePattern(source: string): readonly string[] {
  const pattern = tryParse(source);
  if (pattern === undefined) return [];
  const apostrophes: AST.Character[] = [];
  const edges: AST.WordBoundaryAssertion[] = [];
  visitRegExpAST(pattern, {
    onCharacterEnter: (character) => void (character.value === APOSTROPHE && apostrophes.push(character)),
    onAssertionEnter: (assertion) => void (assertion.kind === 'word' && edges.push(assertion)),
  });
  return [...noteEdges(edges), ...noteApostrophes(apostrophes)];
}

function noteApostrophes(apostrophes: readonly AST.Character[]): readonly string[] {
  return apostrophes.every(hasCurlyBeside)
    ? []
    : ["A straight apostrophe matches only itself, and phones write ’. Write ['’] to take both."];
}

function noteEdges(edges: readonly AST.WordBoundaryAssertion[]): readonly string[] {
  for (const edge of edges) {
    const beside = [...atomsFrom(edge, -1), ...atomsFrom(edge, 1)].find(takesOtherLetters);
    if (beside === undefined) continue;
    return [
      `${edge.raw} knows only the letters A to Z, so beside ${beside.raw} it does not stand for the edge of a ` +
        'word. Write (?<![\\p{L}\\p{M}]) before the word, and (?![\\p{L}\\p{M}]) after it.',
    ];
  }
  return [];
}

/** As in ['’], or in (?:'|’). */
function hasCurlyBeside(character: AST.Character): boolean {
  const { parent } = character;
  if (parent.type === 'CharacterClass') return takes(parent, CURLY);
  if (parent.type !== 'Alternative' || parent.elements.length > 1 || parent.parent.type === 'Pattern')
    return false;
  return parent.parent.alternatives.some(({ elements: [only, ...more] }) => {
    return only !== undefined && isAtom(only) && more.length === 0 && takes(only, CURLY);
  });
}

function takesOtherLetters(atom: Atom): boolean {
  if (atom.type === 'Character') return OTHER_LETTER.test(String.fromCodePoint(atom.value));
  if (atom.type === 'CharacterClass') {
    return !atom.negate && atom.elements.some((element) => isMemberOfOtherLetters(element));
  }
  return atom.kind === 'property' && !atom.negate && new RegExp(atom.raw, 'u').test(OTHER_LETTERS);
}

function isMemberOfOtherLetters(element: AST.CharacterClass['elements'][number]): boolean {
  if (element.type === 'CharacterClassRange') return element.max.value > 0x7f;
  return (element.type === 'Character' || element.type === 'CharacterSet') && takesOtherLetters(element);
}

function takes(atom: Atom, code: number): boolean {
  return new RegExp(`^${atom.raw}$`, 'u').test(String.fromCodePoint(code));
}

/** What can stand right before (-1) or after (1) a part of a pattern. */
function atomsFrom(element: AST.Element, step: -1 | 1): readonly Atom[] {
  const { parent } = element;
  if (parent.type === 'Quantifier') return atomsFrom(parent, step);
  if (parent.type !== 'Alternative') return [];
  const found: Atom[] = [];
  for (let index = parent.elements.indexOf(element) + step; ; index += step) {
    const next = parent.elements[index];
    if (next === undefined) break;
    found.push(...edgeOf(next, step));
    if (takesSomething(next)) return found;
  }
  return parent.parent.type === 'Pattern' ? found : [...found, ...atomsFrom(parent.parent, step)];
}

/** With what a part begins (1) or ends (-1). */
function edgeOf(element: AST.Element, step: -1 | 1): readonly Atom[] {
  if (isAtom(element)) return [element];
  if (element.type === 'Quantifier') return edgeOf(element.element, step);
  if (element.type !== 'Group' && element.type !== 'CapturingGroup') return [];
  return element.alternatives.flatMap(({ elements }) => {
    const inOrder = step === 1 ? elements : elements.toReversed();
    const last = inOrder.findIndex(takesSomething);
    return inOrder.slice(0, last === -1 ? undefined : last + 1).flatMap((part) => edgeOf(part, step));
  });
}

function takesSomething(element: AST.Element): boolean {
  if (element.type === 'Quantifier') return element.min > 0 && takesSomething(element.element);
  if (element.type === 'Group' || element.type === 'CapturingGroup') {
    return element.alternatives.every(({ elements }) => elements.some(takesSomething));
  }
  return element.type !== 'Assertion';
}

function isAtom(element: AST.Element): element is Atom {
  return element.type === 'Character' || element.type === 'CharacterClass' || element.type === 'CharacterSet';
}

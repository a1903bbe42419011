import type { AST } from '@eslint-community/regexpp';
import { composePlainly, isInvisible } from '../../text/compose.ts';
import { composeClass } from './compose-class.ts';
import { lastMarked } from './marked-letters.ts';
import { parsePattern } from './pattern/parse-pattern.ts';
import { charactersOf, escapePattern } from './pattern-text.ts';

const KEYCAP = /^\uFE0F?\u20E3/;
/** Belongs to the emoji before it, as ❤️? is meant; written as an escape, or another joiner, it is meant itself. */
const SELECTOR = '\uFE0F';

/**
 * The pattern as it must be to meet composed messages: what composing would change in a message (a decomposed letter,
 * ½, №, the variation selector of an emoji) is changed in what the author wrote as well. The rest stays as written,
 * and so does what is not a regular expression.
 */
export function composePattern(source: string): string {
  const pattern = tryParse(source);
  return pattern === undefined ? source : composeAlternatives(pattern.alternatives);
}

/** Undefined where the source is not a regular expression, or not one that can be read. */
export function tryParse(source: string): AST.Pattern | undefined {
  try {
    return parsePattern(source);
  } catch {
    return undefined;
  }
}

function composeAlternatives(alternatives: readonly AST.Alternative[]): string {
  return alternatives.map(({ elements }) => composeSequence(elements)).join('|');
}

/** Neighbouring characters are composed together; one that is repeated comes last among them. */
function composeSequence(elements: readonly AST.Element[]): string {
  let composed = '';
  let run: AST.Character[] = [];
  let before: AST.Element | undefined;
  for (const element of elements) {
    const repeated = element.type === 'Quantifier' && element.element.type === 'Character';
    if (element.type === 'Character') run.push(element);
    else if (repeated) endRun(element);
    else {
      endRun();
      composed += composeElement(element);
      before = element;
    }
  }
  endRun();
  return composed;

  function endRun(quantifier?: AST.Quantifier): void {
    const characters = quantifier?.element.type === 'Character' ? [...run, quantifier.element] : run;
    if (characters.length === 0) return;
    composed += composeRun(characters, quantifier, before !== undefined);
    before = characters.at(-1);
    run = [];
  }
}

/** @param follows whether something else stands before, to which the box of a keycap may belong: [1-5]️⃣ */
function composeRun(
  characters: readonly AST.Character[],
  quantifier?: AST.Quantifier,
  follows = false,
): string {
  const written = textOf(characters);
  const text = follows ? written.replace(KEYCAP, '') : written;
  const times = quantifier === undefined ? '' : timesOf(quantifier);
  const repeated = quantifier && characters.at(-1);
  const marked = repeated?.raw.startsWith('\\u') ? undefined : repeated && lastMarked(text);
  if (composePlainly(text) === written && marked === undefined)
    return characters.map(({ raw }) => raw).join('') + times;
  if (quantifier === undefined) return literally(text);
  const mark = repeated === undefined ? '' : textOf([repeated]);
  const byItself = mark !== SELECTOR || repeated?.raw !== SELECTOR;
  if (byItself && isInvisible(mark)) return literally(text.slice(0, -mark.length));
  const last = marked ?? charactersOf(text).at(-1) ?? '';
  const head = literally(text.slice(0, text.length - last.length));
  if (repeated?.raw.startsWith('\\u') && quantifier.min === 0 && last.length > mark.length) {
    return `${head}(?:${literally(last)}|${literally(last.slice(0, -mark.length))})`;
  }
  const composed = composePlainly(last);
  if (composed === '') return head;
  return head + ([...composed].length === 1 ? literally(last) : `(?:${literally(last)})`) + times;
}

function textOf(characters: readonly AST.Character[]): string {
  return String.fromCodePoint(...characters.map(({ value }) => value));
}

function literally(text: string): string {
  return escapePattern(composePlainly(text));
}

function composeElement(element: AST.Element): string {
  switch (element.type) {
    case 'CharacterClass':
      return composeClass(element);
    case 'Quantifier':
      if (element.element.type === 'CharacterClass') return composeClass(element.element, element);
      return composeElement(element.element) + timesOf(element);
    case 'Group':
    case 'CapturingGroup':
      return composeAround(element);
    case 'Assertion':
      return 'alternatives' in element ? composeAround(element) : element.raw;
    default:
      return element.raw;
  }
}

function composeAround(element: AST.Group | AST.CapturingGroup | AST.LookaroundAssertion): string {
  const inside = element.alternatives[0]?.start ?? element.end;
  return `${element.raw.slice(0, inside - element.start)}${composeAlternatives(element.alternatives)})`;
}

function timesOf({ raw, element }: AST.Quantifier): string {
  return raw.slice(element.raw.length);
}

import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { composePlainly } from '../../text/compose.ts';
import { composeClass } from './compose-class.ts';
import { charactersOf, escapePattern } from './pattern-text.ts';

const KEYCAP = /^\uFE0F?\u20E3/;

/**
 * The pattern as it must be to meet composed messages: what composing would change in a message (a decomposed letter,
 * ½, №, the variation selector of an emoji) is changed in what the author wrote as well. The rest stays as written,
 * and so does what is no regular expression at all.
 */
export function composePattern(source: string): string {
  const pattern = parsePattern(source);
  return pattern === undefined ? source : composeAlternatives(pattern.alternatives);
}

/** Undefined where the source is not a regular expression. */
export function parsePattern(source: string): AST.Pattern | undefined {
  try {
    return new RegExpParser({ ecmaVersion: 2025 }).parsePattern(source, 0, source.length, { unicode: true });
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
    composed += composeRun(characters, quantifier && timesOf(quantifier), before !== undefined);
    before = characters.at(-1);
    run = [];
  }
}

function composeRun(characters: readonly AST.Character[], times = '', follows: boolean): string {
  const written = String.fromCodePoint(...characters.map(({ value }) => value));
  // The box of a keycap, as in [1-5]️⃣, is gone from messages.
  const text = follows ? written.replace(KEYCAP, '') : written;
  if (composePlainly(text) === written) return characters.map(({ raw }) => raw).join('') + times;
  if (times === '') return escapePattern(composePlainly(text));
  const last = charactersOf(text).at(-1) ?? '';
  const repeated = escapePattern(composePlainly(last));
  const alone = composePlainly(last);
  const head = escapePattern(composePlainly(text.slice(0, text.length - last.length)));
  if (alone === '') return head;
  return head + ([...alone].length === 1 ? repeated : `(?:${repeated})`) + times;
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

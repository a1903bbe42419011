import type { AST } from '@eslint-community/regexpp';
import type { Alternatives } from './build-automaton.ts';
import { partsOf } from './parse-pattern.ts';

/** Whether a part is too much to match. */
type IsTooMuch = (part: Alternatives) => boolean;

interface BlameOptions {
  /** Whether what stands before a part can be left away. */
  readonly mayBeginLater: boolean;
}

type Sequence = readonly AST.Element[];

/**
 * The smallest part of a pattern that is too much by itself: what stands after it and before it is left away, as long
 * as the rest is still too much.
 * @param isTooMuch Must hold for `whole`.
 */
export function blamePart(whole: Alternatives, isTooMuch: IsTooMuch, options: BlameOptions): Alternatives {
  const sequence = whole.find((alternative) => isTooMuch([alternative]));
  if (sequence === undefined) return whole;
  const part = shorten(sequence, isTooMuch, options);
  const [only] = part;
  if (part.length > 1 || only === undefined) return [part];
  const inside = insideOf(only);
  return inside !== undefined && isTooMuch(inside) ? blamePart(inside, isTooMuch, options) : [part];
}

/** A part as it is written. */
export function sourceOf(part: Alternatives): string {
  return part.map((elements) => elements.map(({ raw }) => raw).join('')).join('|');
}

function shorten(sequence: Sequence, isTooMuch: IsTooMuch, options: BlameOptions): Sequence {
  let part = sequence;
  while (part.length > 1 && isTooMuch([part.slice(0, -1)])) part = part.slice(0, -1);
  while (options.mayBeginLater && part.length > 1 && isTooMuch([part.slice(1)])) part = part.slice(1);
  return part;
}

function insideOf(element: AST.Element): Alternatives | undefined {
  if (element.type === 'Group' || element.type === 'CapturingGroup') return partsOf(element);
  return element.type === 'Quantifier' ? [[element.element]] : undefined;
}

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
  const end = smallest(sequence.length, (length) => isTooMuch([sequence.slice(0, length)]));
  const ended = sequence.slice(0, end);
  if (!options.mayBeginLater) return ended;
  return ended.slice(-smallest(end, (length) => isTooMuch([ended.slice(-length)])));
}

/** A length from 1 that is too much, while one less is not. By halves, since each is long to look at. */
function smallest(most: number, isTooMuch: (length: number) => boolean): number {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTooMuch(middle)) high = middle;
    else low = middle + 1;
  }
  return high;
}

function insideOf(element: AST.Element): Alternatives | undefined {
  if (element.type === 'Group' || element.type === 'CapturingGroup') return partsOf(element);
  return element.type === 'Quantifier' ? [[element.element]] : undefined;
}

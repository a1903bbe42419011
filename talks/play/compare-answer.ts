import { isDeepStrictEqual } from 'node:util';
import type { Item, Place } from '../talk.ts';
import type { Said } from './list-said.ts';

/** What is expected, and in which step. */
export interface Expected {
  readonly item: Item;
  readonly place: Place;
}

/** Where an answer is not what is expected. */
export interface Difference {
  /** Undefined where the bot said more than is expected. */
  readonly expected: Expected | undefined;
  /** Undefined where the bot said no more. */
  readonly said: Said | undefined;
}

export interface Compared {
  readonly difference?: Difference;
  /** What comes after all that is expected. */
  readonly rest: readonly Said[];
}

/**
 * The first place where an answer differs from what is expected.
 * @param shares the rules that had a say, in order; one may have said nothing, and remembered something
 */
export function compareAnswer(
  expected: readonly Expected[],
  said: readonly Said[],
  shares: readonly string[],
): Compared {
  let at = 0;
  let share = 0;
  for (const one of expected) {
    const { item } = one;
    const next = said[at];
    if (item.kind === 'rule') {
      const found = shares.indexOf(item.rule, share);
      const isNext =
        next === undefined || next.rule === item.rule || !shares.slice(share, found).includes(next.rule);
      if (found === -1 || !isNext) return { difference: { expected: one, said: next }, rest: [] };
      share = found + 1;
      while (said[at]?.rule === item.rule) at += 1;
    } else if (next === undefined || !isSame(item, next)) {
      return { difference: { expected: one, said: next }, rest: [] };
    } else {
      at += 1;
    }
  }
  return { rest: said.slice(at) };
}

function isSame(item: Exclude<Item, { kind: 'rule' }>, said: Said): boolean {
  switch (item.kind) {
    case 'words':
      return said.kind === 'text' && said.text.trim() === item.text.trim();
    case 'matching':
      return said.kind === 'text' && item.pattern.test(said.text.trim());
    case 'template':
      return (
        said.kind === 'template' && said.template === item.template && isGiven(item.variables, said.variables)
      );
    case 'media':
      return said.kind === 'media' && said.media === item.media && isGiven(item.text, said.text);
    case 'tag':
      return said.kind === 'tag' && isGiven(item.attributes, said.attributes);
    case 'handover':
      return (
        said.kind === 'handover' &&
        isGiven(item.forMs, said.forMs) &&
        isGiven(item.back, said.back) &&
        isGiven(item.invite, said.invite)
      );
  }
}

/** What is not named is not compared. */
function isGiven(expected: unknown, actual: unknown): boolean {
  return expected === undefined || isDeepStrictEqual(plain(expected), plain(actual));
}

/** Of mappings only what is in them is compared. */
function plain(value: unknown): unknown {
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : value;
}

import { findBrackets } from './find-brackets.ts';
import { findColons } from './find-colons.ts';
import { findCommas } from './find-commas.ts';
import { findComments } from './find-comments.ts';
import { findMerges } from './find-merges.ts';
import { findQuotes } from './find-quotes.ts';
import { findSpaces } from './find-spaces.ts';
import { findStarts } from './find-starts.ts';
import { findValues } from './find-values.ts';
import type { Slip } from './slip.ts';
import type { Written } from './written.ts';

/** Where two begin at the same place, the one found first tells. */
const FINDERS = [
  findSpaces,
  findQuotes,
  findBrackets,
  findStarts,
  findMerges,
  findComments,
  findColons,
  findCommas,
  findValues,
];

/** Everything in a file that YAML may take for something else than its author meant, in the order of the file. */
export function findSlips(written: Written): readonly Slip[] {
  return FINDERS.flatMap((find) => [...find(written)]).sort((a, b) => a.from - b.from);
}

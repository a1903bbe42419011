import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import { lazilyEach } from '../../lazily.ts';
import { MAX_NAME } from '../../limits.ts';
import { MATCHED_LENGTH } from '../../text/cut-text.ts';
import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import type { Slot, TextTemplate } from '../render/text-template.ts';
import type { When } from '../types.ts';
import { longestMatch, unitsOf } from './pattern/longest-match.ts';
import { parsePattern } from './pattern/parse-pattern.ts';

/** How long a text may become. */
export interface Longest {
  /** Characters (UTF-16 units, as limits.ts counts), with every value at its longest. */
  readonly length: number;
  /** The same in code points: an emoji is one of these, and two units. */
  readonly points: number;
  /** A value that has no end of its own: a part of the message, or an attribute. */
  readonly endless?: { readonly path: string; readonly isWritten: boolean };
}

/** How long what is remembered under a name may become, where that is more than MAX_REMEMBERED_LENGTH units. */
export type LongRemembered = ReadonlyMap<string, number>;

/** Of a value, what is known of its message; attributes are as long as somebody made them. */
export function longestText(
  text: TextTemplate,
  when: When | undefined,
  remembered?: LongRemembered,
): Longest {
  const parts = text.map((part) =>
    typeof part === 'string' ? sizeOf(part) : longestValue(part, when, remembered),
  );
  const endless = parts.find((part) => part.endless?.isWritten) ?? parts.find((part) => part.endless);
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    points: parts.reduce((sum, { points }) => sum + points, 0),
    ...(endless?.endless && { endless: endless.endless }),
  };
}

export function longestValue(
  { path, default: fallback = '' }: Slot,
  when: When | undefined,
  remembered?: LongRemembered,
): Longest {
  const longest = lengthOf(path, when, remembered);
  const other = sizeOf(fallback);
  return {
    ...longest,
    length: Math.max(longest.length, other.length),
    points: Math.max(longest.points, other.points),
  };
}

function lengthOf(path: string, when: When | undefined, remembered?: LongRemembered): Longest {
  const [root = '', field = ''] = path.split('.');
  if (path === 'text') return { ...simple(MATCHED_LENGTH), endless: { path, isWritten: true } };
  if (root === 'match') return ofGroup(path, field, when?.pattern ?? []);
  if (root === 'answer') return simple(Math.max(0, ...(when?.answer ?? []).map(({ kind }) => ANSWERS[kind])));
  if (root === 'remembered')
    return {
      length: remembered?.get(field) ?? MAX_REMEMBERED_LENGTH,
      points: MAX_REMEMBERED_LENGTH,
    };
  if (field === 'attributes') return { ...simple(MAX_NAME), endless: { path, isWritten: false } };
  if (root === 'now' || root === 'hours' || root === 'language') return simple(100);
  return simple(MAX_NAME);
}

function simple(length: number): Longest {
  return { length, points: length };
}

function sizeOf(text: string): Longest {
  return { length: text.length, points: [...text].length };
}

/** The longest that each kind of answer hands on. */
const ANSWERS = { number: 15, range: 15, yes: 3, no: 2, phone: 16, email: 254, text: 256 };

function ofGroup(path: string, name: string, patterns: readonly string[]): Longest {
  const groups = patterns.flatMap((source) => groupLengths(source).get(name) ?? []);
  const length = Math.max(0, ...groups.map((group) => group.length));
  if (!Number.isFinite(length)) return { ...simple(MATCHED_LENGTH), endless: { path, isWritten: true } };
  const points = Math.max(0, ...groups.map((group) => group.points));
  return { length: Math.min(length, MATCHED_LENGTH), points: Math.min(points, MATCHED_LENGTH) };
}

/** What each named group of a pattern takes at most. */
const groupLengths = lazilyEach((source: string) => measureGroups(parsePattern(source)));

function measureGroups(pattern: AST.Pattern): ReadonlyMap<string, Longest> {
  const lengths = new Map<string, Longest>();
  visitRegExpAST(pattern, {
    onCapturingGroupEnter: (group) => {
      if (group.name === null) return;
      const before = lengths.get(group.name) ?? simple(0);
      lengths.set(group.name, {
        length: Math.max(before.length, longestMatch(group, unitsOf)),
        points: Math.max(before.points, longestMatch(group)),
      });
    },
  });
  return lengths;
}

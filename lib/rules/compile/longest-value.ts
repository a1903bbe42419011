import { type AST, visitRegExpAST } from '@eslint-community/regexpp';
import { MAX_NAME } from '../../limits.ts';
import { MATCHED_LENGTH } from '../match/read-facts.ts';
import { MAX_REMEMBERED_LENGTH } from '../memory.ts';
import type { Slot, TextTemplate } from '../render/text-template.ts';
import type { When } from '../types.ts';
import { longestMatch } from './pattern/longest-match.ts';
import { parsePattern } from './pattern/parse-pattern.ts';

/** How long a text may become. */
export interface Longest {
  /** Characters, with every value at its longest. */
  readonly length: number;
  /** A value that has no end of its own: a part of the message, or an attribute. */
  readonly endless?: { readonly path: string; readonly isWritten: boolean };
}

/** Of a value, what is known of its message; attributes are as long as somebody made them. */
export function longestText(text: TextTemplate, when: When | undefined): Longest {
  const parts = text.map((part): Longest => {
    return typeof part === 'string' ? { length: part.length } : longestValue(part, when);
  });
  const endless = parts.find((part) => part.endless?.isWritten) ?? parts.find((part) => part.endless);
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    ...(endless?.endless && { endless: endless.endless }),
  };
}

export function longestValue({ path, default: fallback = '' }: Slot, when: When | undefined): Longest {
  const { length, ...rest } = lengthOf(path, when);
  return { length: Math.max(length, fallback.length), ...rest };
}

function lengthOf(path: string, when: When | undefined): Longest {
  const [root = '', field = ''] = path.split('.');
  if (path === 'text') return { length: MATCHED_LENGTH, endless: { path, isWritten: true } };
  if (root === 'match') return ofGroup(path, field, when?.pattern ?? []);
  if (root === 'answer')
    return { length: Math.max(0, ...(when?.answer ?? []).map(({ kind }) => ANSWERS[kind])) };
  if (root === 'remembered') return { length: MAX_REMEMBERED_LENGTH };
  if (field === 'attributes') return { length: MAX_NAME, endless: { path, isWritten: false } };
  if (root === 'now' || root === 'hours' || root === 'language') return { length: 100 };
  return { length: MAX_NAME };
}

/** The longest that each kind of answer hands on. */
const ANSWERS = { number: 15, range: 15, yes: 3, no: 2, phone: 16, email: 254, text: 256 };

const known = new Map<string, ReadonlyMap<string, number>>();

function ofGroup(path: string, name: string, patterns: readonly string[]): Longest {
  const length = Math.max(0, ...patterns.map((source) => groupLengths(source).get(name) ?? 0));
  return Number.isFinite(length)
    ? { length: Math.min(length, MATCHED_LENGTH) }
    : { length: MATCHED_LENGTH, endless: { path, isWritten: true } };
}

/** The most characters that each named group of a pattern takes. */
function groupLengths(source: string): ReadonlyMap<string, number> {
  let lengths = known.get(source);
  if (lengths === undefined) {
    lengths = measureGroups(parsePattern(source));
    known.set(source, lengths);
  }
  return lengths;
}

function measureGroups(pattern: AST.Pattern): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>();
  visitRegExpAST(pattern, {
    onCapturingGroupEnter: (group) => {
      if (group.name === null) return;
      lengths.set(group.name, Math.max(lengths.get(group.name) ?? 0, longestMatch(group)));
    },
  });
  return lengths;
}

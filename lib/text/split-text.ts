import { lazily } from '../lazily.ts';
import { leadsOn } from './abbreviations.ts';

/** Best first: where a reader would turn the page. A gap is white space at which nobody would. */
const BREAKS = ['paragraph', 'line', 'sentence', 'clause', 'word', 'gap', 'grapheme'] as const;
type Break = (typeof BREAKS)[number];

/** These count only where they fill half of a part, or parts would get short. */
const FILLING: readonly Break[] = ['paragraph', 'line', 'sentence', 'clause'];

const CLOSING = '[\\p{Pe}\\p{Pf}\\p{Pi}"\'*_~`]*';
const ENDED = lazily(() => new RegExp(`[\\p{Sentence_Terminal}།༎…]${CLOSING}\\s+$`, 'u'));
/** Greek asks with a semicolon, also where NFC made it of the question mark of its own. Not one after a later sentence. */
const ASKED_IN_GREEK = lazily(
  () => new RegExp(`\\p{sc=Grek}{2}(?:(?![.!;]\\s).)*[;\\u037E]${CLOSING}\\s+$`, 'u'),
);
const ENDED_BY_DOT = lazily(() => new RegExp(`[.．]${CLOSING}\\s+$`, 'u'));
/** What ends a sentence in scripts that put no space after it, or need none. */
const ENDED_UNSPACED = lazily(() => new RegExp(`[[\\p{Sentence_Terminal}།༎]--[.!?．‼⁇⁈⁉‽]]${CLOSING}$`, 'v'));
const GOES_ON = lazily(() => /^[\s\p{Sentence_Terminal}།༎་፡\p{Pe}\p{Pf}"'”’]/u);
const CLAUSE_UNSPACED = /[，、；：]$/u;
/** Tibetan and Ethiopic put a mark between two words and no space; it stays with the first. */
const WORD_UNSPACED = /[་፡]$/u;
/** Where a word ends in Khmer, Thai and others that show no space, for those who mark it. */
const ZERO_WIDTH_SPACE = /\u200B/g;
const NO_BREAK = /[\u00A0\u2007\u202F]$/;
/** Enough to see the word before, or the beginning of the line. */
const LOOK_BACK = 40;
/** Enough to see the next part of an abbreviation. */
const LOOK_AHEAD = 5;

/**
 * Cuts a text into parts of at most `limit` UTF-16 units (so never more code points either). Each cut is after the
 * last paragraph, else line, else sentence, that fills at least half of the part, else after the last word, else
 * between two graphemes: an emoji with its skin tone or a letter with its accent stays whole, unless it alone is over
 * the limit. In a line, no cut is after an abbreviation or the number of a list, where there is any other white space.
 * Nothing is lost: the parts joined are the text.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = findCut(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return rest === '' ? parts : [...parts, rest];
}

function findCut(text: string, limit: number): number {
  const last = new Map<Break, number>();
  // Made here because making one costs milliseconds, and hardly any cold start splits a text.
  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { index, segment } of graphemes.segment(text)) {
    const end = index + segment.length;
    if (end > limit) break;
    last.set('grapheme', end);
    const kind = breakAt(text, end);
    if (kind !== undefined) last.set(kind, end);
    if (kind !== 'gap' && /[\s\u200B]$/.test(segment)) last.set('word', end);
  }
  const best = BREAKS.find((kind) => {
    const end = last.get(kind) ?? 0;
    return FILLING.includes(kind) ? end >= limit / 2 : end > 0;
  });
  return (best && last.get(best)) ?? withinGrapheme(text, limit);
}

/** What ends at `end`. White space belongs to the part before the cut. */
function breakAt(text: string, end: number): Break | undefined {
  const before = withSpaces(text.slice(Math.max(0, end - LOOK_BACK), end));
  const after = withSpaces(text.slice(end, end + LOOK_AHEAD));
  if (!/\s$/.test(before)) return breakInside(before, after);
  if (/(?:\n\s*\n|\u2029)$/.test(before)) return 'paragraph';
  if (/[\n\u2028]$/.test(before)) return 'line';
  if (NO_BREAK.test(before) || leadsOn(before, after)) return 'gap';
  if (!ENDED().test(before) && !ASKED_IN_GREEK().test(before)) return 'word';
  return ENDED_BY_DOT().test(before) && /^\p{Ll}/u.test(after) ? 'clause' : 'sentence';
}

function breakInside(before: string, after: string): Break | undefined {
  const kind = endInside(before);
  return kind === undefined || GOES_ON().test(after) || leadsOn(before, after) ? undefined : kind;
}

function endInside(before: string): Break | undefined {
  if (ENDED_UNSPACED().test(before)) return 'sentence';
  if (CLAUSE_UNSPACED.test(before)) return 'clause';
  return WORD_UNSPACED.test(before) ? 'word' : undefined;
}

function withSpaces(text: string): string {
  return text.replace(ZERO_WIDTH_SPACE, ' ');
}

/** A single grapheme over the limit (thousands of stacked accents) can only be cut inside, yet not in a character. */
function withinGrapheme(text: string, limit: number): number {
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) && limit > 1;
  return splitsPair ? limit - 1 : limit;
}

import { lazily } from '../../lazily.ts';
import { compose, composePlainly } from '../../text/compose.ts';

/** Accents of Latin, Greek and Cyrillic, and the marks that make another letter in India, Tibet and Japan: क़, か゚. */
const MARK =
  '[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF' +
  '\\u093C\\u09BC\\u0A3C\\u0ABC\\u0B3C\\u0C3C\\u0CBC\\u0FB5\\u0FB7\\u3099\\u309A]';
/** Hebrew letters that have a code for letter and points: שׁ. Other points are listed after the letters, as vowels are. */
const HEBREW = Array.from({ length: 0x33 }, (_, index) =>
  String.fromCodePoint(0xfb1d + index).normalize('NFC'),
).filter((letter) => letter.length > 1);
const MARKED = `\\p{L}${MARK}+|(?:${HEBREW.join('|')})(?!\\p{M})`;
const HANGUL = /\p{sc=Hang}/u;
/** What a class says without which no mark is in it. */
const MAY_HAVE_MARK = /[^\p{ASCII}]|\\[pPuxWSD]/u;
const LETTERS = new RegExp(`${MARKED}|[^]`, 'gu');
const LAST = new RegExp(`(?:${MARKED})$`, 'u');

/** A composed text in its characters, and in letters with marks that have no code of their own together. */
export function splitLetters(composed: string): readonly string[] {
  return composed.match(LETTERS) ?? [];
}

/** The letter with marks in which a composed text ends, where it has no code of its own. */
export function lastMarked(composed: string): string | undefined {
  return LAST.exec(composed)?.[0];
}

interface Composite {
  readonly letter: string;
  readonly before: string;
  readonly mark: string;
}

/**
 * Every letter that composing makes of a letter and a mark, those of one mark first. Without Hangul: who looks for ㅋㅋ
 * with [ㄱ-ㅎㅏ-ㅣ] does not mean 네.
 */
const composites = lazily((): readonly Composite[] => {
  const found: Composite[] = [];
  for (let code = 0xc0; code < 0x1_2000; code++) {
    const letter = String.fromCodePoint(code);
    const parts = [...letter.normalize('NFD')];
    const mark = parts.pop();
    if (mark === undefined || parts.length === 0 || HANGUL.test(letter)) continue;
    if (composePlainly(letter) === letter) found.push({ letter, before: compose(parts.join('')), mark });
  }
  return found.sort((a, b) => a.before.normalize('NFD').length - b.before.normalize('NFD').length);
});
const marks = lazily(() => new Set(composites().map(({ mark }) => mark)));

/**
 * What composing makes of several members of a class that does not have it: in a message they are one character.
 *
 * @param inside the members, as between the brackets
 * @returns more members
 */
export function composeMembers(inside: string): string {
  if (!MAY_HAVE_MARK.test(inside)) return '';
  // In any case, a mark of Greek is a letter too.
  const members = new RegExp(`[${inside}]`, 'u');
  const inAnyCase = new RegExp(`[${inside}]`, 'iu');
  const among = new Set([...marks()].filter((mark) => members.test(mark)));
  const made = new Set<string>();
  for (const { letter, before, mark } of composites()) {
    const small = letter.toLowerCase();
    if (!among.has(mark) || made.has(small) || inAnyCase.test(letter)) continue;
    if (members.test(before) || made.has(before.toLowerCase())) made.add(small);
  }
  return rangesOf([...made].map((letter) => letter.codePointAt(0) ?? 0));
}

function rangesOf(codes: readonly number[]): string {
  let ranges = '';
  const sorted = codes.toSorted((a, b) => a - b);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const first = sorted[start] as number;
    for (end = start + 1; sorted[end] === first + end - start; ) end++;
    const last = first + end - start - 1;
    ranges += String.fromCodePoint(first);
    if (last > first) ranges += `-${String.fromCodePoint(last)}`;
  }
  return ranges;
}
